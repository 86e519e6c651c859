import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Machine } from './machine.ts';
import { SpokenError } from './spoken-error.ts';

/** What the agent has to remember of a machine: it is its identity, so only its owner may read it. */
export interface AgentState {
  /** The server that the device is registered with. */
  server: string;
  /** `bkn_dev_…`: whoever has it is this device. */
  credential: string;
  deviceId: string;
  /** The device's public ID. */
  address: string;
  /** What it said that it is, where that is not the machine that it runs on; null where it is. */
  simulated: Machine | null;
  /** The last event that was dealt with; null before the first. */
  cursor: string | null;
}

/** Says what to do about the file. */
export class StateFileError extends SpokenError {
  override name = 'StateFileError';
}

export const DEFAULT_STATE_FILE = join(homedir(), '.beckon', 'agent.json');

const OWNER_ONLY_FILE = 0o600;
const OWNER_ONLY_FOLDER = 0o700;
/** The mode bits of group and others. */
const OTHERS = 0o077;

/**
 * The state, or null where there is no file.
 * @throws StateFileError where others may read the file, or it is no state of this agent.
 */
export function readState(path: string): AgentState | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new StateFileError(({ problems }) => problems.cannotRead(path, String(code)));
  }
  try {
    // Windows has no such bits: there the folder of the user is closed to others.
    const mode = fstatSync(file).mode & 0o777;
    if (process.platform !== 'win32' && (mode & OTHERS) !== 0) {
      throw new StateFileError(({ problems }) => problems.othersCanRead(path, mode.toString(8)));
    }
    return stateIn(readFileSync(file, 'utf8'), path);
  } finally {
    closeSync(file);
  }
}

function stateIn(text: string, path: string): AgentState {
  const broken = new StateFileError(({ problems }) => problems.noState(path));
  let value: Partial<AgentState>;
  try {
    value = JSON.parse(text) as Partial<AgentState>;
  } catch {
    throw broken;
  }
  const { server, credential, deviceId, address } = value;
  if ([server, credential, deviceId, address].some((part) => typeof part !== 'string')) throw broken;
  return { simulated: null, cursor: null, ...value } as AgentState;
}

/**
 * Writes the state: a new file, closed to others from the start, takes the place of the old one in one step, so that a
 * crash leaves one of the two whole.
 */
export function writeState(path: string, state: AgentState): void {
  mkdirSync(dirname(path), { recursive: true, mode: OWNER_ONLY_FOLDER });
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const file = openSync(temporary, 'wx', OWNER_ONLY_FILE);
  try {
    writeSync(file, `${JSON.stringify(state, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Forgets the device. May be repeated. */
export function removeState(path: string): void {
  rmSync(path, { force: true });
}
