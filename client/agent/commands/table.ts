import { stripVTControlCharacters } from 'node:util';

/** Columns as wide as their longest cell, colours not counted; the last one as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((found, row) => {
    for (const [at, cell] of row.entries()) found[at] = Math.max(found[at] ?? 0, widthOf(cell));
    return found;
  }, []);
  return rows.map((row) =>
    row
      .map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
