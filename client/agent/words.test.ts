import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { SessionPermission } from '../graphql/graphql.ts';
import { EN } from './catalogue/catalogue.ts';
import { fitTo, wrapTo } from './terminal.ts';
import {
  countdown,
  duration,
  PERMISSIONS,
  peerName,
  permissionDifference,
  permissionsInWords,
  permissionsOf,
} from './words.ts';

const without = (...names: SessionPermission[]): SessionPermission[] => PERMISSIONS.filter((p) => !names.includes(p));

describe('words of the agent', () => {
  it('INV-14 a peer is named by alias and ID, or by ID alone', () => {
    expect(peerName({ addressGrouped: '123 456 789', alias: 'desk@acme' })).toBe('desk@acme (123 456 789)');
    expect(peerName({ addressGrouped: '123 456 789', alias: null })).toBe('123 456 789');
  });

  it('permissions are said in as few words as possible', () => {
    expect(permissionsInWords([], EN)).toBe('nothing');
    expect(permissionsInWords(PERMISSIONS, EN)).toBe('everything (17)');
    expect(permissionsInWords(without('VPN', 'TCP_TUNNEL'), EN)).toBe('all but TCP_TUNNEL, VPN');
    expect(permissionsInWords(['AUDIO', 'WHITEBOARD'], EN)).toBe('AUDIO, WHITEBOARD');
  });

  it('a difference names what was granted and what was revoked', () => {
    expect(permissionDifference(['AUDIO', 'INPUT'], ['AUDIO', 'VPN'])).toBe('+VPN −INPUT');
    expect(permissionDifference(['AUDIO'], ['AUDIO'])).toBe('');
  });

  it('permissions are read whatever the case, the dashes and the blanks', () => {
    expect(permissionsOf('audio, File-Manager VPN,VPN')).toEqual(['AUDIO', 'FILE_MANAGER', 'VPN']);
    expect(() => permissionsOf('AUDIO,FLY')).toThrow('“FLY” is no permission');
    expect(() => permissionsOf(' ')).toThrow('Which permissions?');
  });

  it('INV-19 the countdown shows 0:00 only when nothing is left', () => {
    expect([120_000, 119_001, 60_000, 1, 0, -5].map(countdown)).toEqual([
      '2:00',
      '2:00',
      '1:00',
      '0:01',
      '0:00',
      '0:00',
    ]);
  });

  it('durations have the unit that fits', () => {
    expect([0, 59.9, 60, 185, 3600, 7800].map(duration)).toEqual([
      '0 s',
      '59 s',
      '1 min 00 s',
      '3 min 05 s',
      '1 h 00 min',
      '2 h 10 min',
    ]);
  });

  it('a line that stays is broken at its blanks, never before what French keeps together', () => {
    const line = '\u001b[2m12:00:00\u001b[22m \u001b[1mana\u001b[22m asks for VPN\u00a0!';
    expect(wrapTo(80, line)).toEqual([line]);
    expect(wrapTo(18, line).map(stripVTControlCharacters)).toEqual(['12:00:00 ana asks', '         for VPN\u00a0!']);
    expect(wrapTo(8, '  help and more').map(stripVTControlCharacters)).toEqual(['  help', '  and', '  more']);
    expect([wrapTo(3, 'unbroken'), wrapTo(3, '')]).toEqual([['unbroken'], ['']]);
  });

  it('a live line is cut to the width, colours not counted', () => {
    const line = '\u001b[1mbold\u001b[22m and plain';
    expect(fitTo(80, line)).toBe(line);
    expect(stripVTControlCharacters(fitTo(6, line))).toBe('bold …');
  });
});
