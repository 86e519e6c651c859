/**
 * Loaded into every measured server by `--import`: tells the benchmark what the process uses. It is the same for all of
 * them, on every system, and idle between two questions.
 */
import type { Usage } from './child.ts';

process.on('message', (question) => {
  // What is garbage by now says nothing about what an idle server, or a subscription, holds.
  if (question === 'settled') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() } satisfies Usage);
});
// Nobody measures any more: a run that was broken off leaves nothing behind.
process.on('disconnect', () => process.exit());
process.channel?.unref();
