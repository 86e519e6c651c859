import { type BeckonClient, createBeckonClient } from '../api/client.ts';
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
  if (!state) {
    throw new UsageError(
      `This machine is not known to a server yet (there is no ${options.state}). Register it with: enrol, or enrol --code CODE.`,
    );
  }
  if (options.server !== undefined && serverAddress(options.server) !== state.server) {
    throw new UsageError(
      `${options.state} belongs to the server ${state.server}. For another server use another file: --state FILE.`,
    );
  }
  return state;
}

export function clientOf(state: Pick<AgentState, 'server' | 'credential'>): BeckonClient {
  return createBeckonClient({ url: state.server, token: state.credential });
}

export function saveTo(options: GlobalOptions): (state: AgentState) => void {
  return (state) => writeState(options.state, state);
}

/** The address as it is remembered: without what follows the host, where that is nothing. @throws UsageError */
export function serverAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`“${text}” is no address of a server. For example: --server ${DEFAULT_SERVER}`);
  }
  return url.pathname === '/' ? url.origin : url.href;
}
