/**
 * What the server's clock shows, found out from what it says anyway: deadlines are counted down by it, because the
 * machine's own clock may be minutes off. Each observation bounds how far the two are apart; the bounds are
 * intersected.
 */
export class ServerClock {
  readonly #local: () => number;
  /** Server minus local, in ms: between these two. */
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;

  constructor(local: () => number = Date.now) {
    this.#local = local;
  }

  /** A request sent at `sentAt` (local ms) has just been answered, with this HTTP `Date` header: it counts seconds. */
  answered(sentAt: number, dateHeader: string | null): void {
    const date = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
    if (Number.isNaN(date)) return;
    this.#narrow(date - this.#local(), date + 999 - sentAt);
  }

  /** Something arrived just now that happened at this instant of the server (ISO 8601). */
  heardOf(occurredAt: string): void {
    const instant = Date.parse(occurredAt);
    if (!Number.isNaN(instant)) this.#narrow(instant - this.#local(), Number.POSITIVE_INFINITY);
  }

  /** The server's time, in ms. Where the clocks agree as far as can be told, the local one. */
  now(): number {
    const offset = Math.min(Math.max(0, this.#least), this.#most);
    return this.#local() + offset;
  }

  #narrow(least: number, most: number): void {
    this.#least = Math.max(this.#least, least);
    this.#most = Math.min(this.#most, most);
    if (this.#least > this.#most) {
      // One of the clocks was set: only the newest observation counts.
      this.#least = least;
      this.#most = most;
    }
  }
}
