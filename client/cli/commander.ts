import { type Command, Help, InvalidArgumentError, Option } from 'commander';
import { LANGUAGES, type Language } from './language.ts';

/** What commander says by itself, in French; by its English words, which commander 15.1.0 has. */
const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Utilisation :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

const PROBLEMS: readonly [english: RegExp, french: string][] = [
  [/^error: missing required argument '(.*)'/, 'erreur : il manque l’argument « $1 »'],
  [/^error: option '(.*)' argument missing/, 'erreur : il manque la valeur de l’option « $1 »'],
  [/^error: required option '(.*)' not specified/, 'erreur : il faut l’option « $1 »'],
  [/^error: unknown option '(.*)'/, 'erreur : l’option « $1 » n’existe pas'],
  [/^error: unknown command '(.*)'/, 'erreur : la commande « $1 » n’existe pas'],
  [/^error: option '(.*)' argument '(.*)' is invalid\./, 'erreur : l’option « $1 » n’accepte pas la valeur « $2 ».'],
  [/ Allowed choices are (.*)\./, ' Valeurs possibles : $1.'],
  [
    /^error: too many arguments(?: for '.*')?\. Expected (\d+) arguments? but got (\d+): (.*)\./,
    'erreur : trop d’arguments, $2 au lieu de $1 ($3).',
  ],
  [/\(Did you mean one of (.*)\?\)/, '(Vouliez-vous dire : $1 ?)'],
  [/\(Did you mean (.*)\?\)/, '(Vouliez-vous dire $1 ?)'],
];

/** Narrower columns of descriptions are not broken into lines: the longest names leave as much on 80 columns. */
const WIDTH_TO_WRAP = 30;

/** Stands in for a space that lines must not be broken at: commander would break them there. */
const KEPT_TOGETHER = '\ue000';

/** Has a program, and the commands that are added from now on, speak: their help, their problems, `--language`. */
export function speak(program: Command, language: Language): Command {
  const french = language === 'fr';
  const [flags, description] = french
    ? ['--language <langue>', 'en ou fr (par défaut : la langue de l’environnement)']
    : ['--language <language>', 'en or fr (default: the language of the environment)'];
  program.addOption(
    new Option(flags, description).argParser((text) => {
      if (LANGUAGES.some((known) => known === text)) return text;
      throw new InvalidArgumentError(`Allowed choices are ${LANGUAGES.join(', ')}.`);
    }),
  );
  program.configureHelp({
    minWidthToWrap: WIDTH_TO_WRAP,
    optionDescription(option) {
      return withDefault(Help.prototype.optionDescription.call(this, option), french);
    },
  });
  if (!french) return program;
  return program
    .configureHelp({
      ...program.configureHelp(),
      styleTitle: (title) => TITLES[title] ?? title,
      boxWrap(text, width) {
        const kept = text.replaceAll('\u00a0', KEPT_TOGETHER);
        return Help.prototype.boxWrap.call(this, kept, width).replaceAll(KEPT_TOGETHER, '\u00a0');
      },
    })
    .configureOutput({ outputError: (problem, write) => write(inFrench(problem)) })
    .helpOption('-h, --help', 'afficher cette aide')
    .helpCommand('help [commande]', 'afficher l’aide d’une commande');
}

/** A description with its default, unless that is nothing. */
function withDefault(description: string, french: boolean): string {
  const plain = description.replace(/ \(default: (?:\[\]|"")\)$/, '');
  return french ? plain.replace('(default: ', '(par défaut : ') : plain;
}

/** A problem that commander found; in English, where a newer commander says it otherwise. */
function inFrench(problem: string): string {
  return PROBLEMS.reduce((text, [english, french]) => text.replace(english, french), problem);
}
