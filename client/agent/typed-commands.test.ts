import { describe, expect, it } from 'vitest';
import { accepts, readAcceptance } from './acceptance.ts';
import { simulatedMachine } from './machine.ts';
import { draw, readScript } from './script.ts';
import { readCommand } from './typed-commands.ts';

describe('what is typed at the prompt', () => {
  it('INV-11 invites by ID with blanks, and by alias', () => {
    expect(readCommand('invite 123 456 789')).toEqual({ verb: 'invite', address: '123 456 789', offer: {} });
    expect(readCommand('  INVITE  desk@acme ')).toEqual({ verb: 'invite', address: 'desk@acme', offer: {} });
  });

  it('INV-12 reads profile, permissions and note, quoted or not', () => {
    expect(
      readCommand(`invite desk@acme --profile "Screen sharing" --grant input --revoke=AUDIO,print --note 'it''s "me"'`),
    ).toEqual({
      verb: 'invite',
      address: 'desk@acme',
      offer: { profile: 'Screen sharing', grant: ['INPUT'], revoke: ['AUDIO', 'PRINT'], note: 'its "me"' },
    });
    expect(readCommand('modify 2 --note ""')).toEqual({ verb: 'modify', number: 2, offer: { note: '' } });
  });

  it('answers what waits, by number or without', () => {
    expect(readCommand('c')).toEqual({ verb: 'connect', number: null, offer: {} });
    expect(readCommand('accept #3')).toEqual({ verb: 'connect', number: 3, offer: {} });
    expect(readCommand('r 2')).toEqual({ verb: 'reject', number: 2 });
    expect(readCommand('cancel')).toEqual({ verb: 'cancel', number: null });
  });

  it('INV-23 changes the permissions of a session, named or the only one', () => {
    expect(readCommand('grant AUDIO, vpn s2')).toEqual({ verb: 'grant', permissions: ['AUDIO', 'VPN'], session: 2 });
    expect(readCommand('ask VPN')).toEqual({ verb: 'ask', permissions: ['VPN'], session: null });
    expect(readCommand('end s1')).toEqual({ verb: 'end', session: 1 });
    expect(readCommand('permissions')).toEqual({ verb: 'permissions', session: null });
  });

  it('says what is wrong, and how it is written', () => {
    expect(readCommand('   ')).toBeNull();
    expect(() => readCommand('dance')).toThrow('There is no command “dance”');
    expect(() => readCommand('invite')).toThrow('For example: invite 123 456 789');
    expect(() => readCommand('modify')).toThrow('Modify what?');
    expect(() => readCommand('c two')).toThrow('is not the number of anything');
    expect(() => readCommand('invite a@b --note "no end')).toThrow('without its other');
    expect(() => readCommand('invite a@b --colour red')).toThrow('--colour');
    expect(() => readCommand('revoke FLY')).toThrow('no permission');
  });
});

describe('scripts of --act', () => {
  it('reads rules, several commands to choose from, and remarks', () => {
    const rules = readScript('# a remark\nevery 30-60s invite a@b | invite c@d; on hosting after 1m end');
    expect(rules).toEqual([
      { on: null, from: 30, to: 60, commands: ['invite a@b', 'invite c@d'] },
      { on: 'hosting', from: 60, to: 60, commands: ['end'] },
    ]);
  });

  it('draws a time between, and any of the commands', () => {
    const [rule] = readScript('every 10-20s end | status');
    if (!rule) throw new Error('no rule');
    expect(draw(rule, () => 0)).toEqual({ seconds: 10, command: 'end' });
    expect(draw(rule, () => 0.75)).toEqual({ seconds: 17.5, command: 'status' });
  });

  it('refuses what is no rule, and a command that cannot be typed', () => {
    expect(() => readScript('sometimes end')).toThrow('This is no rule');
    expect(() => readScript('on rain after 1s end')).toThrow('One cannot wait for “rain”');
    expect(() => readScript('every 5s dance')).toThrow('There is no command “dance”');
  });
});

describe('--accept', () => {
  it('takes all, none, or those who are listed by ID or alias', () => {
    const desk = { addressGrouped: '123 456 789', alias: 'Desk@Acme' };
    const other = { addressGrouped: '987 654 321', alias: null };
    expect([desk, other].map((peer) => accepts(readAcceptance(['all']), peer))).toEqual([true, true]);
    expect(accepts(readAcceptance(['none']), desk)).toBe(false);
    const listed = readAcceptance(['from', 'desk@acme,', '987 654 321']);
    expect([desk, other].map((peer) => accepts(listed, peer))).toEqual([true, true]);
    expect(accepts(readAcceptance(['from', '987654321']), desk)).toBe(false);
    expect(() => readAcceptance(['some'])).toThrow('--accept takes');
  });
});

describe('--simulate', () => {
  it('makes the device another machine, in what it names', () => {
    expect(simulatedMachine('platform=windows,version=6.3,kind=host')).toEqual({
      platform: 'WINDOWS',
      clientVersion: '6.3',
      clientKind: 'HOST',
    });
    expect(() => simulatedMachine('platform=BEOS')).toThrow('platform is one of');
    expect(() => simulatedMachine('colour=red')).toThrow('none of platform');
  });
});
