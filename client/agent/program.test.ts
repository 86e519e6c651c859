import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { englishLines, helpPages, linesTooWide } from '../testing/help.ts';
import { AGENT_WORDS, EN, FR } from './catalogue/catalogue.ts';
import { problemInWords } from './problems.ts';
import { agentProgram } from './program.ts';
import { readCommand } from './typed-commands.ts';

function everyCommand({ commands }: Command): Command[] {
  return commands.flatMap((command) => [command, ...everyCommand(command)]);
}

/** Runs a command line that is wrong; what is said of it. */
async function problem(language: 'en' | 'fr', ...args: string[]): Promise<string> {
  const program = agentProgram(AGENT_WORDS[language]);
  let said = '';
  for (const command of [program, ...everyCommand(program)]) {
    command.configureOutput({ writeErr: (text) => (said += text) });
  }
  await expect(program.parseAsync(args, { from: 'user' })).rejects.toThrow();
  return said.trim();
}

describe('API-08 the agent’s command line', () => {
  it('has a French page of help for every command, without a word of English', () => {
    const pages = helpPages(agentProgram(FR));
    expect([...pages.keys()]).toEqual([...helpPages(agentProgram(EN)).keys()]);
    expect(pages.size).toBeGreaterThan(15);
    for (const [name, page] of pages) {
      expect(englishLines(page), name).toEqual([]);
      expect(page, name).toContain('Utilisation\u00a0: ');
      expect(page, name).toContain('afficher cette aide');
    }
    expect(pages.get('agent invite')).toContain('(par défaut\u00a0: "OWN_ID")');
    expect(englishLines([...helpPages(agentProgram(EN)).values()].join('\n')).length).toBeGreaterThan(50);
  });

  it.each(['en', 'fr'] as const)('fits a terminal of 80 columns, in %s', (language) => {
    const pages = helpPages(agentProgram(AGENT_WORDS[language]));
    for (const [name, page] of pages) expect(linesTooWide(page), name).toEqual([]);
  });

  it.each([
    [['--language', 'de', 'run'], 'n’accepte pas la valeur «\u00a0de\u00a0». Valeurs possibles\u00a0: en, fr.'],
    [['dance'], 'erreur\u00a0: la commande «\u00a0dance\u00a0» n’existe pas'],
    [['runn'], '(Vouliez-vous dire run\u00a0?)'],
    [
      ['run', '--acept'],
      'erreur\u00a0: l’option «\u00a0--acept\u00a0» n’existe pas\n(Vouliez-vous dire --accept\u00a0?)',
    ],
    [['invite'], 'erreur\u00a0: il manque l’argument «\u00a0adresse\u00a0»'],
    [['run', '--act'], 'erreur\u00a0: il manque la valeur de l’option «\u00a0--act <script>\u00a0»'],
    [['status', 'now'], 'erreur\u00a0: trop d’arguments, 1 au lieu de 0 (now).'],
    [['check', 'backup', 'list'], 'erreur\u00a0: il faut l’option «\u00a0--repository <dossier>\u00a0»'],
    [['check', 'monitoring', '--cpu', 'x'], 'la valeur «\u00a0x\u00a0». Il faut un nombre de 1 à 100.'],
  ])('says in French what is wrong with %j', async (args, words) => {
    const said = await problem('fr', ...args);
    expect(said).toContain(words);
    expect(said).not.toContain('error');
  });

  it('says the same in English', async () => {
    expect(await problem('en', '--language', 'de', 'run')).toContain('Allowed choices are en, fr.');
    expect(await problem('en', 'check', 'monitoring', '--cpu', 'x')).toContain('It is a number from 1 to 100.');
  });

  it('says what is wrong with a typed command in the language of whoever types it', () => {
    const said = (line: string): string[] => {
      try {
        readCommand(line);
        return [];
      } catch (error) {
        return [problemInWords(error, EN), problemInWords(error, FR)].flat();
      }
    };
    expect(said('modify')[0]).toContain('Modify what?');
    expect(said('modify')[1]).toContain('Modifier quoi\u00a0?');
    expect(said('grant FLY')[1]).toContain('«\u00a0FLY\u00a0» n’est pas une autorisation');
    expect(said('invite a@b --colour red')[1]).toContain('L’option --colour n’existe pas ici');
    expect(said('invite a@b --note')[1]).toContain('--note demande un texte');
    expect([readCommand('aide'), readCommand('quitter')]).toEqual([{ verb: 'help' }, { verb: 'quit' }]);
  });
});
