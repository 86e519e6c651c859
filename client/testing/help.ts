import type { Command } from 'commander';

/** Columns of the narrowest terminal that help is made for. */
const COLUMNS = 80;

/** The whole help of a program's every command, by its name, as it is shown on a terminal of 80 columns. */
export function helpPages(command: Command, before = ''): Map<string, string> {
  const name = `${before} ${command.name()}`.trim();
  let page = '';
  command.configureOutput({ writeOut: (text) => (page += text), getOutHelpWidth: () => COLUMNS });
  command.outputHelp();
  const deeper = command.commands.flatMap((sub) => [...helpPages(sub, name)]);
  return new Map([[name, page], ...deeper]);
}

/** Words that no French page has. */
const ENGLISH = /\b(the|of|and|with|what|which|display|command|default|choices|Usage:|Options:|Commands:)(?!\w)/;

/** Lines of a French page that are English, examples of commands left out. */
export function englishLines(page: string): string[] {
  return page.split('\n').filter((line) => !line.startsWith('  $ ') && ENGLISH.test(line));
}

export function linesTooWide(page: string): string[] {
  return page.split('\n').filter((line) => line.length > COLUMNS);
}
