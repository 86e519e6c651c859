/**
 * JSON with the keys of every object sorted, so that equal values have equal texts whatever engine stored them
 * (PostgreSQL's jsonb reorders keys). Used wherever a value is hashed or compared.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
