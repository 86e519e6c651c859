import { type BeckonClient, createBeckonClient } from '../api/client.ts';
import type { AgentWords } from './catalogue/catalogue.ts';
import { UsageError } from './problems.ts';
import { type AgentState, readState, writeState } from './state-file.ts';

/** What all commands take. */
export interface GlobalOptions {
  readonly state: string;
  /** Only where it was given: a device that is registered knows its server. */
  readonly server?: string | undefined;
}

export const DEFAULT_SERVER = 'http://127.0.0.1:4000';

/**
 * The state of a device that is registered.
 * @throws UsageError where there is none, or it belongs to another server than the one that was named.
 */
export function registered(options: GlobalOptions): AgentState {
  const state = readState(options.state);
  if (!state) throw new UsageError(({ problems }) => problems.notRegistered(options.state));
  if (options.server !== undefined && serverAddress(options.server) !== state.server) {
    throw new UsageError(({ problems }) => problems.otherServer(options.state, state.server));
  }
  return state;
}

export function clientOf(
  { server: url, credential: token }: Pick<AgentState, 'server' | 'credential'>,
  { language }: AgentWords,
): BeckonClient {
  return createBeckonClient({ url, token, language });
}

export function saveTo(options: GlobalOptions): (state: AgentState) => void {
  return (state) => writeState(options.state, state);
}

/** The address as it is remembered: without what follows the host, where that is nothing. @throws UsageError */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(({ problems }) => problems.noServer(text, DEFAULT_SERVER));
  }
  return url.pathname === '/' ? url.origin : url.href;
}
