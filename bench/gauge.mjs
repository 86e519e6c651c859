/**
 * Loaded into every measured server by `--import`: tells the benchmark what the process uses. It is the same for all of
 * them, on every system, and idle between two questions. JavaScript, as all that is measured (child.ts).
 */

/** So long until what was freed is given back to the system. */
const SETTLE_MS = 1_500;

process.on('message', async (question) => {
  // What is garbage by now, or a page that is kept for a while, says nothing about what an idle server holds.
  for (let i = 0; question === 'settled' && i < 2; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  }
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system, rssBytes: process.memoryUsage.rss() });
});
// Nobody measures any more: a run that was broken off leaves nothing behind.
process.on('disconnect', () => process.exit());
process.channel?.unref();
