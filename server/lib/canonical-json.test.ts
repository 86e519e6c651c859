import { expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

it('API-04 equal values are the same text, in whatever order their keys come, at every depth', () => {
  const one = { b: [{ y: 1, x: null }], a: { d: 'é', c: undefined } };
  const other = { a: { c: undefined, d: 'é' }, b: [{ x: null, y: 1 }] };
  expect(canonicalJson(one)).toBe('{"a":{"d":"é"},"b":[{"x":null,"y":1}]}');
  expect(canonicalJson(other)).toBe(canonicalJson(one));
});

it('dates are written as JSON writes them', () => {
  expect(canonicalJson({ at: new Date(0) })).toBe('{"at":"1970-01-01T00:00:00.000Z"}');
});

it('API-04 keys are data, whatever they are called', () => {
  for (const key of ['toJSON', '__proto__', 'constructor', '1']) {
    const [one, other] = [`{"${key}":1,"a":2}`, `{"a":2,"${key}":1}`].map((text) => canonicalJson(JSON.parse(text)));
    expect(one, key).toBe(other);
    expect(JSON.parse(one ?? ''), key).toEqual(JSON.parse(`{"${key}":1,"a":2}`));
  }
});
