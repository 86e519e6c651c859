import type { Reporter, TestModule } from 'vitest/node';

/**
 * Ends Vitest's output with one line that a program can read: `N passed, N failed, N skipped`. What broke outside of any
 * test (a file that does not load, an unhandled error) counts as failed, so that a red run never says `0 failed`.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      const before = count.failed;
      for (const test of module.children.allTests()) count[test.result().state]++;
      if (module.state() === 'failed' && count.failed === before) count.failed++;
    }
    // A test that never ran to its end did not pass.
    const failed = count.failed + count.pending;
    // After Vitest's own reporter has had its last word.
    process.once('exit', () => console.log(`${count.passed} passed, ${failed} failed, ${count.skipped} skipped`));
  }
}
