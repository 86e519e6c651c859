/**
 * Whether a statement failed because a value has to be unique and is not; also where Drizzle wrapped the error. To be
 * caught where it stands, the statement has to return something (`WriteTransaction`).
 */
export function isUniqueViolation(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return UNIQUE_VIOLATIONS.has(code);
  return cause !== undefined && isUniqueViolation(cause);
}

/** unique_violation in PostgreSQL, and the extended result codes of SQLite. */
const UNIQUE_VIOLATIONS = new Set(['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
