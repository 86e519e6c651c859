import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { EN, FR } from '../../catalogue/catalogue.ts';
import { rebootFinding, rebootMachine, rebootNeed } from './reboot.ts';

function temporary(): string {
  const path = fs.mkdtempSync(join(tmpdir(), 'beckon-reboot-'));
  closeAfterTest(() => fs.rmSync(path, { recursive: true, force: true }));
  return path;
}

const never = async (): Promise<never> => {
  throw new Error('it was run');
};

/** A program that writes down how it was called, and ends with a status. */
function recorder(folder: string, name: string, status: number): { path: string; calls(): string } {
  const path = join(folder, name);
  const record = `${path}.calls`;
  fs.writeFileSync(path, `#!/bin/sh\necho "$@" >> '${record}'\necho 'not today' >&2\nexit ${status}\n`, {
    mode: 0o700,
  });
  return { path, calls: () => (fs.existsSync(record) ? fs.readFileSync(record, 'utf8') : '') };
}

describe('whether updates require a restart', () => {
  it('is what Debian leaves behind, with the packages that want it', async () => {
    const marker = join(temporary(), 'reboot-required');
    expect(await rebootNeed('apt', never, marker)).toEqual({ required: false, packages: [] });
    fs.writeFileSync(marker, '*** System restart required ***\n');
    expect(await rebootNeed('apt', never, marker)).toEqual({ required: true, packages: [] });
    fs.writeFileSync(`${marker}.pkgs`, 'linux-image-6.1\nlibc6\nlinux-image-6.1\n\n');
    expect(await rebootNeed('apt', never, marker)).toEqual({ required: true, packages: ['linux-image-6.1', 'libc6'] });
  });

  it('is what dnf tells, and not known without its plugin', async () => {
    const saying = (code: number, stdout: string) => async () => ({ code, stdout, stderr: '' });
    const required =
      'Core libraries or services have been updated:\n  * kernel\n\nReboot is required to fully utilize these updates.\n';
    expect(await rebootNeed('dnf', saying(1, required))).toEqual({ required: true, packages: [] });
    expect(await rebootNeed('dnf', saying(0, 'Reboot should not be necessary.\n'))).toEqual({
      required: false,
      packages: [],
    });
    expect(await rebootNeed('dnf', saying(1, 'No such command: needs-restarting.'))).toBeNull();
    expect(await rebootNeed('dnf', async () => null)).toBeNull();
  });

  it('is not known where brew and winget do not tell', async () => {
    expect([await rebootNeed('brew', never), await rebootNeed('winget', never)]).toEqual([null, null]);
  });

  it('SVC-10 API-08 is an alert, in the language of the agent', () => {
    expect([rebootFinding(null, EN), rebootFinding({ required: false, packages: [] }, EN)]).toEqual([null, null]);
    const packages = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(rebootFinding({ required: true, packages }, EN)).toMatchObject({
      subject: 'REBOOT_REQUIRED',
      severity: 'WARNING',
      message: 'This machine has to be restarted to complete updates: a, b, c, d, e.',
      measurements: { packages: 6 },
    });
    expect(rebootFinding({ required: true, packages: [] }, FR)?.message).toBe(
      'Cette machine doit être redémarrée pour achever les mises à jour.',
    );
  });
});

describe('starting the machine anew', () => {
  it('calls the system’s command, the next one only where the one before did not work', async () => {
    const folder = temporary();
    const refusing = recorder(folder, 'refusing', 1);
    const working = recorder(folder, 'working', 0);
    const unneeded = recorder(folder, 'unneeded', 0);
    await rebootMachine([
      [join(folder, 'not-installed')],
      [refusing.path, 'reboot'],
      [working.path, '-r', 'now'],
      [unneeded.path],
    ]);
    expect([refusing.calls(), working.calls(), unneeded.calls()]).toEqual(['reboot\n', '-r now\n', '']);
  });

  it('says why it could not', async () => {
    const refusing = recorder(temporary(), 'refusing', 1);
    await expect(rebootMachine([[refusing.path]])).rejects.toThrow('failed (1): not today');
    await expect(rebootMachine([])).rejects.toThrow('Nothing is known here that restarts the machine.');
  });
});
