import { hostname } from 'node:os';
import type { ClientKind, Platform } from '../graphql/graphql.ts';
import { UsageError } from './problems.ts';

/** What a client says of itself when it registers. */
export interface Machine {
  platform: Platform;
  clientKind: ClientKind;
  clientVersion: string;
}

/** The agent implements version 7 of the client: the first that can invite and be invited directly (INV-03, INV-04). */
export const AGENT_VERSION = '7.0.0';

const PLATFORM_OF: Readonly<Partial<Record<NodeJS.Platform, Platform>>> = {
  win32: 'WINDOWS',
  darwin: 'MACOS',
  linux: 'LINUX',
  android: 'ANDROID',
};

/** The machine that the agent really runs on. */
export function realMachine(): Machine {
  return {
    platform: PLATFORM_OF[process.platform] ?? 'OTHER',
    clientKind: 'FULL_CLIENT',
    clientVersion: AGENT_VERSION,
  };
}

/** Longest name of a device, in characters, as the server takes it. */
const NAME_LENGTH = 100;

export function machineName(): string {
  return hostname().slice(0, NAME_LENGTH) || 'unnamed machine';
}

const PLATFORMS: readonly Platform[] = ['WINDOWS', 'MACOS', 'LINUX', 'ANDROID', 'IOS', 'OTHER'];
const KINDS: readonly ClientKind[] = ['FULL_CLIENT', 'HOST', 'QUICK_SUPPORT'];

/**
 * Reads `platform=WINDOWS,version=7.1.0,kind=HOST`; what is left out is as on the real machine. The server judges the
 * version. @throws UsageError
 */
export function simulatedMachine(text: string): Machine {
  const machine = realMachine();
  for (const part of text.split(',')) {
    const [key = '', value = ''] = part.split('=').map((side) => side.trim());
    switch (key) {
      case 'platform':
        machine.platform = oneOf(PLATFORMS, value, key);
        break;
      case 'kind':
        machine.clientKind = oneOf(KINDS, value, key);
        break;
      case 'version':
        machine.clientVersion = value;
        break;
      default:
        throw new UsageError(({ problems }) => problems.simulateWhat(part.trim()));
    }
  }
  return machine;
}

function oneOf<T extends string>(values: readonly T[], text: string, key: string): T {
  const found = values.find((value) => value === text.toUpperCase().replaceAll('-', '_'));
  if (!found) throw new UsageError(({ problems }) => problems.simulateOneOf(key, values.join(', '), text));
  return found;
}

/** `WINDOWS · client 7.1.0 · HOST` */
export function describeMachine({ platform, clientVersion, clientKind }: Machine): string {
  return `${platform} · client ${clientVersion} · ${clientKind}`;
}
