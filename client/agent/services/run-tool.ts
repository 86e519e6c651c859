import { spawn } from 'node:child_process';
import type { Sentence } from '../catalogue/catalogue.ts';
import { SpokenError } from '../spoken-error.ts';

/** Longest output that is kept of a tool, in bytes: the package list of a large machine is about 2 MB. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Longest a tool may take unless told otherwise, in ms. */
const DEFAULT_TIMEOUT_MS = 60_000;

export interface ToolResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly timeoutMs?: number | undefined;
  readonly env?: Readonly<Record<string, string>> | undefined;
}

/** A tool of the operating system that did not do what it should. */
export class ToolError extends SpokenError {
  override name = 'ToolError';
}

/**
 * Runs a tool of the operating system without a shell, speaking English whatever the machine's language.
 * @returns null where the tool is not installed.
 * @throws ToolError where it takes too long or says too much.
 */
export async function runTool(
  file: string,
  args: readonly string[],
  { timeoutMs = DEFAULT_TIMEOUT_MS, env = {} }: ToolOptions = {},
): Promise<ToolResult | null> {
  const { promise, resolve, reject } = Promise.withResolvers<ToolResult | null>();
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', LANG: 'C', ...env },
  });
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  let bytes = 0;
  const fail = (problem: Sentence): void => {
    child.kill('SIGKILL');
    reject(new ToolError(problem));
  };
  const timer = setTimeout(() => {
    fail(({ serviceProblems }) => serviceProblems.tool.late(file, timeoutMs / 1000));
  }, timeoutMs);
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes <= MAX_OUTPUT_BYTES) output[name].push(part);
      else fail(({ serviceProblems }) => serviceProblems.tool.tooLong(file, MAX_OUTPUT_BYTES));
    });
  }
  child.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') resolve(null);
    else reject(new ToolError(({ serviceProblems }) => serviceProblems.tool.notStarted(file, error.message)));
  });
  child.once('close', (code) => {
    resolve({
      code,
      stdout: Buffer.concat(output.stdout).toString('utf8'),
      stderr: Buffer.concat(output.stderr).toString('utf8'),
    });
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** What went wrong, from what the tool said last. */
export function complaintOf(file: string, { code, stdout, stderr }: ToolResult): ToolError {
  const said = (stderr.trim() || stdout.trim()).split('\n').at(-1) ?? '';
  return new ToolError(({ serviceProblems: { tool } }) => {
    const how = code === null ? tool.killed : String(code);
    return said ? tool.failedSaying(file, how, said) : tool.failed(file, how);
  });
}
