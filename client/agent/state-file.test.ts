import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { type AgentState, readState, removeState, writeState } from './state-file.ts';

const STATE: AgentState = {
  server: 'http://127.0.0.1:4000',
  credential: 'bkn_dev_x',
  deviceId: 'dev_x',
  address: '123456789',
  simulated: null,
  cursor: null,
};

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'beckon-agent-'));
  closeAfterTest(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('the state file', () => {
  it('is made readable by its owner only, in a folder of its own, and read back', () => {
    const path = join(folder(), 'new', 'agent.json');
    expect(readState(path)).toBeNull();
    writeState(path, STATE);
    expect(readState(path)).toEqual(STATE);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  });

  it('is replaced in one step and leaves nothing beside it', () => {
    const path = join(folder(), 'agent.json');
    for (let i = 0; i < 20; i++) writeState(path, { ...STATE, cursor: String(i) });
    expect(readState(path)?.cursor).toBe('19');
    expect(readdirSync(join(path, '..'))).toEqual(['agent.json']);
  });

  it.each([0o640, 0o604, 0o644, 0o660])('is refused with mode %o, saying how to close it', (mode) => {
    const path = join(folder(), 'agent.json');
    writeState(path, STATE);
    chmodSync(path, mode);
    expect(() => readState(path)).toThrow(`chmod 600 ${path}`);
  });

  it.each(['', '{', '[]', '{"server":"x"}'])('that holds %j is no state, and says so', (text) => {
    const path = join(folder(), 'agent.json');
    writeFileSync(path, text, { mode: 0o600 });
    expect(() => readState(path)).toThrow('is no state of the agent');
  });

  it('may be removed twice', () => {
    const path = join(folder(), 'agent.json');
    writeState(path, STATE);
    removeState(path);
    removeState(path);
    expect(readState(path)).toBeNull();
  });
});
