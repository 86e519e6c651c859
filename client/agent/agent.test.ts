import { chmodSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AGENT, Program, register, startServer, temporaryFolder, twoAgents } from '../testing/programs.ts';

describe('two agents and a server', () => {
  it('INV-13 INV-16 INV-21 INV-23 INV-29 invite, modify, connect, change permissions, end', async () => {
    const { port } = await startServer(temporaryFolder());
    const { ana, ben, a, b } = await twoAgents(port);

    // In one go: the second is about what comes of the first.
    a.types(`invite ${ben.grouped} --note "the printer"`);
    a.types('modify --revoke INPUT --profile "Screen sharing"');
    await b.says(`[1] INVITATION from ${ana.grouped}`);
    await b.says('Default: all but TCP_TUNNEL, PRIVACY_MODE, VPN');
    await b.says('“the printer”');
    await b.says('changed the invitation');
    b.types('c 1');
    await Promise.all([a.says(`SESSION started: ${ben.grouped} works on this device`), b.says('you may do: AUDIO')]);

    a.types('revoke AUDIO');
    await b.says('you may now do: −AUDIO');
    b.types('ask VPN');
    await a.says(`${ben.grouped} asks for VPN`);
    a.types('c');
    await b.says('granted VPN');
    await b.says('+VPN');
    b.types('revoke VPN');
    await b.says('granted and revoked by the side that is worked on');
    b.types('end');
    await Promise.all([a.says('by the other side'), b.says('by you')]);

    a.types('quit');
    expect(await a.ends()).toBe(0);
    b.process.kill('SIGTERM');
    expect(await b.ends()).toBe(0);
  });

  it('INV-09 INV-15 INV-17 reject, cancel, request and let in; every refusal says what to do', async () => {
    const { port } = await startServer(temporaryFolder());
    const { ana, ben, a, b } = await twoAgents(port);

    a.types(`invite ${ben.address}`);
    await b.says('INVITATION');
    b.types('r');
    await a.says('rejected it');
    a.types(`invite ${ben.address}`);
    await b.says('INVITATION');
    b.types('cancel 2');
    await b.says('2 is yours to answer');
    a.types('cancel');
    await b.says('took the invitation back');
    b.types('c');
    await b.says('Nothing waits for your answer');

    a.types('invite 999 999 998');
    await a.says('No device has this ID or alias.');
    await a.says('Check the ID or alias');
    a.types(`invite ${ana.grouped}`);
    await a.says('same device');
    a.types('invite desk@acme --profile Nobody');
    await a.says('no profile “Nobody”. There are: Default, Screen sharing');

    b.types(`request ${ana.grouped}`);
    await a.says(`REQUEST: ${ben.grouped}`);
    a.types('accept --profile "screen sharing" --revoke AUDIO');
    await b.says('you may do: WHITEBOARD, USER_POINTER');

    const old = await register(port, 'Old', 'platform=WINDOWS,version=6.3');
    a.types(`invite ${old.address}`);
    await a.says('the invited device has 6.3');
  });

  it('API-01 INV-19 a server that is killed while an invitation waits is found again, and nothing is told twice', async () => {
    const data = temporaryFolder();
    const server = await startServer(data);
    const { ben, a, b } = await twoAgents(server.port);
    a.types(`invite ${ben.address}`);
    await Promise.all([a.says('[1] invited'), b.says('INVITATION')]);

    await server.program.kill();
    await Promise.all([
      a.says(/connection lost, trying again in \d+ s/),
      b.says(/connection lost, trying again in \d+ s/),
    ]);
    await startServer(data, server.port);
    await Promise.all([a.says('online again'), b.says('online again')]);

    b.types('c');
    await Promise.all([a.says('SESSION started'), b.says('SESSION started')]);
    for (const { said } of [a, b]) expect(said.match(/SESSION started/g)).toHaveLength(1);
    expect(b.said.match(/INVITATION/g)).toHaveLength(1);
  });

  it('API-01 an agent that was killed is told what it missed, in order, and then what still waits', async () => {
    const { port } = await startServer(temporaryFolder());
    const { ben, a, b } = await twoAgents(port);
    await b.kill();
    a.types(`invite ${ben.address} --note first`);
    await a.says('[1] invited');
    a.types('cancel');
    await a.says('took back');
    a.types(`invite ${ben.address} --note second`);
    await a.says('[2] invited');

    const again = new Program(AGENT, ['--state', ben.state, 'run']);
    await again.says('Your ID');
    await again.says(/\(missed\).*\(cancelled meanwhile\)/);
    await again.says(/\(missed\).*took the invitation back/);
    await again.says(/\(missed\).*INVITATION from/);
    await again.says('“second”');
    await again.says(/\[\d\] [12]:\d\d invitation from/);
    again.types('c');
    await a.says('SESSION started');
  });

  it('an agent that finds no server says so, tries again, and can be quit', async () => {
    const server = await startServer(temporaryFolder());
    const ana = await register(server.port, 'Ana');
    await server.program.kill();
    const a = new Program(AGENT, ['--state', ana.state, 'run']);
    await a.says(/cannot be reached.*Trying again in \d+ s/);
    a.types('quit');
    expect(await a.ends()).toBe(0);
  });

  it('unattended, agents invite, let in and end by their rules', async () => {
    const { port } = await startServer(temporaryFolder());
    const [ana, ben] = await Promise.all([register(port, 'Ana'), register(port, 'Ben')]);
    const b = await ben.run('--accept', 'from', ana.grouped, '--act', 'on visiting after 0.1s end');
    const a = await ana.run('--act', `every 0.2s invite ${ben.address}; on hosting after 0s revoke INPUT`);
    await b.says('by rule: connect');
    await b.says('you may now do: −INPUT');
    await b.says('by script: end');
    await a.says('by the other side');
  });

  it('invite waits for the answer and tells it by its exit code; status and sessions show what became of it', async () => {
    const { port } = await startServer(temporaryFolder());
    const [ana, ben] = await Promise.all([register(port, 'Ana'), register(port, 'Ben')]);
    const b = await ben.run();
    const accepted = new Program(AGENT, [
      '--state',
      ana.state,
      'invite',
      ...ben.grouped.split(' '),
      '--revoke',
      'AUDIO',
    ]);
    await b.says('INVITATION');
    b.types('c');
    await accepted.says('connected');
    expect(await accepted.ends()).toBe(0);
    const rejected = new Program(AGENT, ['--state', ana.state, 'invite', ben.address]);
    await b.says('INVITATION');
    b.types('r');
    expect(await rejected.ends()).toBe(1);

    const status = new Program(AGENT, ['--state', ana.state, 'status']);
    await status.says(ana.grouped);
    await status.says('(simulated)');
    await status.says('works here: all but AUDIO');
    const sessions = new Program(AGENT, ['--state', ana.state, 'sessions']);
    await sessions.says(`← by ${ben.grouped}`);
    expect(await sessions.ends()).toBe(0);
  });

  it('the credential is kept from others, and a device that is removed is told to enrol again', async () => {
    const { port } = await startServer(temporaryFolder());
    const ana = await register(port, 'Ana');
    expect(statSync(ana.state).mode & 0o777).toBe(0o600);
    chmodSync(ana.state, 0o644);
    const refused = new Program(AGENT, ['--state', ana.state, 'status']);
    await refused.says('others can read it (mode 644)');
    expect(await refused.ends()).toBe(2);
    chmodSync(ana.state, 0o600);

    const running = await ana.run();
    const state = readFileSync(ana.state, 'utf8');
    const removed = new Program(AGENT, ['--state', ana.state, 'unenrol', '--yes']);
    expect(await removed.ends()).toBe(0);
    await running.says('unenrol --forget');
    expect(await running.ends()).toBe(3);
    expect(running.said).not.toContain((JSON.parse(state) as { credential: string }).credential);
    const nobody = new Program(AGENT, ['--state', `${ana.state}.none`, 'run']);
    await nobody.says('Register it with: enrol');
    expect(await nobody.ends()).toBe(2);
  });
});
