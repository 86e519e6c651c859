/** A page of a Relay connection, as far as paging needs it. */
export interface PageOf<Row> {
  readonly nodes: readonly Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
  readonly totalCount?: number | undefined;
  /** False where there are more than that. */
  readonly totalCountIsExact?: boolean | undefined;
}

/** What is there of a list at a moment. */
export interface Loaded<Row> {
  readonly pages: readonly PageOf<Row>[];
  /** Of the whole list, as the page that arrived last said. */
  readonly totalCount: number | undefined;
  /** There are more than `totalCount`; nobody has counted how many. */
  readonly more: boolean;
  /** A page more is on its way. */
  readonly loadingMore: boolean;
  /** Why the last thing that was asked for did not arrive. */
  readonly error: Error | null;
}

/**
 * Reads the page after a cursor and tells of it, also whenever it has changed since, until the function returned is called.
 * @param fresh whether the server is to be asked although the page is known.
 */
export type ReadPage<Row> = (
  after: string | null,
  fresh: boolean,
  told: (page: PageOf<Row> | null, error: Error | null) => void,
) => () => void;

interface Link<Row> {
  readonly after: string | null;
  /** Null until it has arrived. */
  page: PageOf<Row> | null;
  /** Ends following it; null while it is not followed. */
  stop: (() => void) | null;
}

/** Pages that are followed on each side of those on the screen. */
const FOLLOWED_BESIDE = 1;

/**
 * A list that is read page after page, each from the end of the one before. What is on the screen is followed; pages far
 * from it stay as they were last seen and are looked at again when somebody scrolls to them, so that a change costs a few
 * requests however many pages were loaded.
 */
export class PageList<Row> {
  readonly #read: ReadPage<Row>;
  readonly #listeners = new Set<() => void>();
  readonly #links: Link<Row>[] = [];
  #loaded: Loaded<Row> = { pages: [], totalCount: undefined, more: false, loadingMore: true, error: null };
  #last: PageOf<Row> | undefined;
  #wanted: number;
  #open = false;
  /** The first and last page on the screen. */
  #shown: readonly [number, number] = [0, 0];

  /** @param pages how many to read at first. */
  constructor(read: ReadPage<Row>, pages = 1) {
    this.#read = read;
    this.#wanted = pages;
  }

  readonly loaded = (): Loaded<Row> => this.#loaded;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins to follow it; may be repeated. Close it in the end. */
  open(): void {
    this.#open = true;
    if (this.#links.length === 0) this.#links.push({ after: null, page: null, stop: null });
    this.#followShown();
  }

  close(): void {
    this.#open = false;
    for (const link of this.#links) leave(link);
  }

  /** Reads one page more, or tries again where one did not arrive. Nothing where one is on its way. */
  readonly loadMore = (): void => {
    if (this.#loaded.loadingMore) return;
    this.#wanted = this.#loaded.pages.length + 1;
    this.#extend();
    this.#publish(null);
    this.#followShown();
  };

  /** Asks the server for what is on the screen and could not be read. */
  readonly mend = (): void => {
    if (this.#open) this.#followShown(true);
  };

  /** Asks the server again for what is followed: for lists that change without an event. */
  readonly refresh = (): void => {
    for (const [at, link] of [...this.#links.entries()]) {
      if (!link.stop) continue;
      leave(link);
      this.#follow(at, link, true);
    }
  };

  /** Says which rows are on the screen. */
  readonly show = (first: number, last: number): void => {
    const shown = [this.#pageOfRow(first), this.#pageOfRow(last)] as const;
    if (shown[0] === this.#shown[0] && shown[1] === this.#shown[1]) return;
    this.#shown = shown;
    this.#followShown();
  };

  #pageOfRow(row: number): number {
    let before = 0;
    for (const [at, { nodes }] of this.#loaded.pages.entries()) {
      before += nodes.length;
      if (row < before) return at;
    }
    return Math.max(0, this.#loaded.pages.length - 1);
  }

  /** Follows the pages on the screen, those beside them, and those that have not arrived; leaves the others. */
  #followShown(fresh?: boolean): void {
    if (!this.#open) return;
    const [first, last] = this.#shown;
    for (const [at, link] of [...this.#links.entries()]) {
      const near = at >= first - FOLLOWED_BESIDE && at <= last + FOLLOWED_BESIDE;
      if (!near && link.page) leave(link);
      else if (!link.stop) this.#follow(at, link, fresh);
    }
  }

  #follow(at: number, link: Link<Row>, fresh = at === 0 && link.page === null): void {
    let left = false;
    // There before the first answer, which may come at once.
    link.stop = () => {
      left = true;
    };
    const stop = this.#read(link.after, fresh, (page, error) => {
      if (left || this.#links[at] !== link) return;
      if (page) this.#arrived(at, link, page);
      else if (error) this.#failed(link, error);
    });
    if (left) stop();
    else link.stop = stop;
  }

  #arrived(at: number, link: Link<Row>, page: PageOf<Row>): void {
    link.page = page;
    this.#last = page;
    const behind = this.#links[at + 1];
    const next = endOf(page);
    if (next === null) this.#drop(at + 1);
    else if (behind && behind.after !== next) {
      // Its end has moved. What is on the screen is read anew from there, and stands as it was until then; the rest is
      // read when it is scrolled to.
      this.#drop(Math.max(at + 2, this.#shown[1] + 1));
      leave(behind);
      this.#links[at + 1] = { after: next, page: behind.page, stop: null };
    } else this.#extend();
    this.#followShown();
    this.#publish(null);
  }

  #failed(link: Link<Row>, error: Error): void {
    leave(link);
    this.#publish(error);
  }

  /** Adds the page behind the last one, where it is wanted and there is one. */
  #extend(): void {
    const last = this.#links.at(-1);
    const next = last?.page ? endOf(last.page) : null;
    if (next !== null && this.#links.length < this.#wanted) this.#links.push({ after: next, page: null, stop: null });
  }

  #drop(from: number): void {
    for (const link of this.#links.splice(from)) leave(link);
    this.#wanted = Math.min(this.#wanted, Math.max(1, this.#links.length));
  }

  #publish(error: Error | null): void {
    const pages: PageOf<Row>[] = [];
    for (const { page } of this.#links) {
      if (!page) break;
      pages.push(page);
    }
    const loadingMore = error === null && pages.length < this.#links.length;
    this.#loaded = { pages, ...totalOf(pages, this.#last), loadingMore, error };
    for (const listener of this.#listeners) listener();
  }
}

/** What was counted; or what was read, where that is more, or all. */
function totalOf<Row>(
  pages: readonly PageOf<Row>[],
  { totalCount, totalCountIsExact = true }: Partial<PageOf<Row>> = {},
): Pick<Loaded<Row>, 'totalCount' | 'more'> {
  if (totalCount === undefined || totalCountIsExact) return { totalCount, more: false };
  const read = pages.reduce((sum, { nodes }) => sum + nodes.length, 0);
  if (pages.at(-1)?.pageInfo.hasNextPage === false) return { totalCount: read, more: false };
  return { totalCount: Math.max(totalCount, read), more: true };
}

function endOf({ pageInfo }: PageOf<unknown>): string | null {
  return pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null;
}

function leave(link: Link<unknown>): void {
  link.stop?.();
  link.stop = null;
}
