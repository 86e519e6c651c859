/**
 * JSON with the keys of every object sorted, so that equal values have equal texts whatever engine stored them
 * (PostgreSQL's jsonb reorders keys). Used wherever a value is hashed or compared.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

/** In a copy, not in a replacer: one that is called for every value takes three times as long. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  // What writes itself, as dates do; a key that people named so is data.
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
