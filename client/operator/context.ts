import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type BeckonClient, createBeckonClient } from '../api/client.ts';
import type { OperatorWords } from './catalogue/catalogue.ts';
import { UsageError } from './problems.ts';

export const DEFAULT_SERVER = 'http://127.0.0.1:4000';

/** The environment variable that the token is read from: arguments can be seen by everybody on the machine. */
export const TOKEN_VARIABLE = 'BECKON_OPERATOR_TOKEN';

export interface GlobalOptions {
  readonly server: string;
  readonly tokenFile?: string | undefined;
}

/**
 * Works with a client that has the operator's token, and closes it.
 * @throws UsageError where there is no token, or the address is none.
 */
export async function withClient(
  command: Command,
  { language }: OperatorWords,
  work: (client: BeckonClient) => Promise<void>,
): Promise<void> {
  const { server, tokenFile } = command.optsWithGlobals<GlobalOptions>();
  if (!URL.canParse(server)) {
    throw new UsageError(({ problems }) => problems.noServer(server, DEFAULT_SERVER));
  }
  const client = createBeckonClient({ url: server, token: tokenOf(tokenFile), language });
  try {
    await work(client);
  } finally {
    client.close();
  }
}

function tokenOf(file: string | undefined): string {
  const token = (file === undefined ? process.env[TOKEN_VARIABLE] : read(file))?.trim();
  if (token) return token;
  throw new UsageError(({ problems }) => problems.noToken(TOKEN_VARIABLE));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(({ problems }) => problems.tokenUnreadable((error as Error).message));
  }
}
