/** The languages that the command lines speak (API-08). */
export type Language = 'en' | 'fr';

export const LANGUAGES: readonly Language[] = ['en', 'fr'];

/** Where the environment says which language people read: the first that is set decides, as POSIX has it. */
const VARIABLES = ['LC_ALL', 'LC_MESSAGES', 'LANG', 'LANGUAGE'] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What to speak: what `--language` names, else what the environment does, else English. Read before the command line is
 * taken apart, because its own help is in that language; one that is none is refused there.
 */
export function languageFrom(args: readonly string[], environment: Environment): Language {
  const at = args.findLastIndex((arg) => arg === '--language' || arg.startsWith('--language='));
  const named = at < 0 ? null : (/=(.*)/.exec(args[at] ?? '')?.[1] ?? args[at + 1]);
  const asked = LANGUAGES.find((language) => language === named);
  if (asked) return asked;
  const locale = VARIABLES.map((name) => environment[name]).find(Boolean) ?? '';
  return locale.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}
