import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from 'node:readline';
import { stripVTControlCharacters, styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Styles text for the terminal; leaves it plain where the output is none, or NO_COLOR is set. */
export function paint(format: Format, text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

/** As `paint`, for what goes to standard error. */
export function paintError(format: Format, text: string): string {
  return styleText(format, text, { stream: process.stderr });
}

const ESCAPE = '\u001b';

/** Cuts a line to so many columns, escapes of colour not counted: a footer that wraps cannot be taken back. */
export function fitTo(columns: number, line: string): string {
  let left = columns;
  let result = '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  for (const [part] of line.matchAll(/\u001b\[[0-9;]*m|./gsu)) {
    if (!part.startsWith(ESCAPE)) {
      if (left === 1) return `${result}…${result.includes(ESCAPE) ? `${ESCAPE}[0m` : ''}`;
      left -= 1;
    }
    result += part;
  }
  return result;
}

/** Time of day, or blanks, in front of a line: what it is broken into stands behind as much. */
const INDENT = /^(?:\d\d:\d\d:\d\d )? */;

/** Breaks a line at its blanks into lines of so many columns, escapes of colour not counted. */
export function wrapTo(columns: number, line: string): string[] {
  const width = (text: string): number => stripVTControlCharacters(text).length;
  const [start = ''] = INDENT.exec(stripVTControlCharacters(line)) ?? [];
  const lines: string[] = [];
  let current = '';
  for (const [word] of line.matchAll(/ *[^ ]+/g)) {
    if (current === '' || width(current) + width(word) <= columns) current += word;
    else {
      lines.push(current);
      current = ' '.repeat(start.length) + word.trimStart();
    }
  }
  return [...lines, current];
}

interface Streams {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
}

/**
 * Lines that stay above, live lines that are drawn anew below them, and a prompt. Where the output is no terminal there
 * are only the lines that stay, and input is read line by line all the same.
 */
export class Terminal {
  readonly interactive: boolean;
  readonly #output: NodeJS.WriteStream;
  readonly #lines: Interface;
  #footer: readonly string[] = [];
  /** Rows of the footer that stand above the prompt now. */
  #drawn = 0;
  #closed = false;

  constructor({ input, output }: Streams, onLine: (line: string) => void, onInterrupt: () => void) {
    this.#output = output;
    this.interactive = Boolean(input.isTTY && output.isTTY);
    this.#lines = createInterface(
      this.interactive ? { input, output, prompt: paint('cyan', '› '), terminal: true } : { input, terminal: false },
    );
    this.#lines.on('line', (line) => {
      if (this.interactive) this.#entered(line);
      onLine(line);
    });
    this.#lines.on('SIGINT', onInterrupt);
    if (this.interactive) {
      output.on('resize', this.#redraw);
      // Ctrl+D. Where the input is no terminal, its end only means that nobody will type.
      this.#lines.on('close', () => {
        if (!this.#closed) onInterrupt();
      });
    }
  }

  /** Writes lines that stay. */
  say(...lines: readonly string[]): void {
    if (!this.interactive || this.#closed) {
      for (const line of lines) this.#output.write(`${line}\n`);
      return;
    }
    this.#erase();
    const columns = this.#output.columns || 80;
    for (const line of lines.flatMap((long) => wrapTo(columns, long))) this.#output.write(`${line}\n`);
    this.#draw();
  }

  /** Sets the live lines; they are cut to the width. Nothing where the output is no terminal. */
  live(lines: readonly string[]): void {
    if (!this.interactive || this.#closed) return;
    this.#erase();
    this.#footer = lines;
    this.#draw();
  }

  /** A sign that somebody is called. */
  ring(): void {
    if (this.interactive) this.#output.write('\u0007');
  }

  close(): void {
    if (this.#closed) return;
    if (this.interactive) this.#erase();
    this.#closed = true;
    this.#output.off('resize', this.#redraw);
    this.#lines.close();
  }

  readonly #redraw = (): void => {
    if (this.#closed) return;
    this.#erase();
    this.#draw();
  };

  /** Somebody pressed Enter: what was typed stays, the live lines above it do not. */
  #entered(line: string): void {
    const columns = this.#output.columns || 80;
    const rows = Math.floor((2 + line.length) / columns) + 1;
    moveCursor(this.#output, 0, -(rows + this.#drawn));
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#drawn = 0;
    if (line.trim() !== '') this.#output.write(`${paint('cyan', '›')} ${line}\n`);
    this.#draw();
  }

  #erase(): void {
    const { rows } = this.#lines.getCursorPos();
    moveCursor(this.#output, 0, -(rows + this.#drawn));
    cursorTo(this.#output, 0);
    clearScreenDown(this.#output);
    this.#drawn = 0;
  }

  #draw(): void {
    const columns = this.#output.columns || 80;
    for (const line of this.#footer) this.#output.write(`${fitTo(columns, line)}\n`);
    this.#drawn = this.#footer.length;
    // readline would go up to where the prompt stood before; it stands where the cursor is.
    (this.#lines as unknown as { prevRows: number }).prevRows = 0;
    this.#lines.prompt(true);
  }
}
