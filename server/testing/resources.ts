const opened: (() => Promise<void> | void)[] = [];

/** Closes it after the present test; the last opened first. */
export function closeAfterTest(close: () => Promise<void> | void): void {
  opened.push(close);
}

/** Closes all; every closer is tried, and the first failure is thrown. */
export async function closeAll(): Promise<void> {
  const failures: unknown[] = [];
  for (let close = opened.pop(); close; close = opened.pop()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
