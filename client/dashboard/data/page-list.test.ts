import { expect, test } from 'vitest';
import { PageList, type ReadPage } from './page-list.ts';

const PAGE = 10;

/** A list on a server that can change, with who follows which page of it. */
class Source {
  rows: number[];
  readonly followers = new Map<() => void, string | null>();
  asked = 0;
  failing = false;
  /** Where there are more than these, nobody counts how many. */
  counts = Number.POSITIVE_INFINITY;

  constructor(count: number) {
    this.rows = Array.from({ length: count }, (_, i) => i * 10);
  }

  /** The cursors that somebody follows pages after, in the order of the pages. */
  get followed(): (string | null)[] {
    return [...this.followers.values()].sort((a, b) => Number(a ?? -1) - Number(b ?? -1));
  }

  readonly read: ReadPage<number> = (after, _fresh, told) => {
    const tell = (): void => {
      this.asked += 1;
      if (this.failing) {
        told(null, new Error('lost'));
        return;
      }
      const left = after === null ? this.rows : this.rows.filter((row) => row > Number(after));
      const nodes = left.slice(0, PAGE);
      const pageInfo = { hasNextPage: left.length > PAGE, endCursor: String(nodes.at(-1)) };
      const totalCount = Math.min(this.rows.length, this.counts);
      told({ nodes, pageInfo, totalCount, totalCountIsExact: totalCount === this.rows.length }, null);
    };
    this.followers.set(tell, after);
    tell();
    return () => this.followers.delete(tell);
  };

  /** Tells everybody who follows a page what is in it now. */
  changed(): void {
    for (const tell of [...this.followers.keys()]) if (this.followers.has(tell)) tell();
  }
}

function opened(count: number, pages = 1) {
  const source = new Source(count);
  const list = new PageList(source.read);
  list.open();
  for (let more = 1; more < pages; more++) list.loadMore();
  const rows = (): number[] => list.loaded().pages.flatMap(({ nodes }) => nodes);
  return { source, list, rows };
}

test('a list is read page after page to its end, each row once', () => {
  const { source, list, rows } = opened(35);
  expect(rows()).toHaveLength(10);
  for (let i = 0; i < 6; i++) list.loadMore();
  expect(rows()).toEqual(source.rows);
  expect(list.loaded()).toMatchObject({ loadingMore: false, totalCount: 35, error: null });
  expect(source.asked).toBe(4);
});

test('of a list that nobody has counted to its end there are more than were counted, or read; and no more at its end', () => {
  const source = new Source(35);
  source.counts = 15;
  const list = new PageList(source.read);
  list.open();
  expect(list.loaded()).toMatchObject({ totalCount: 15, more: true });
  list.loadMore();
  list.loadMore();
  expect(list.loaded()).toMatchObject({ totalCount: 30, more: true });
  list.loadMore();
  expect(list.loaded()).toMatchObject({ totalCount: 35, more: false });
  source.counts = 40;
  source.changed();
  expect(list.loaded()).toMatchObject({ totalCount: 35, more: false });
});

test('only pages on the screen and beside it are followed, however many were loaded', () => {
  const { source, list } = opened(1000, 50);
  list.show(400, 420);
  expect(source.followed).toEqual(['3890', '3990', '4090', '4190', '4290']);
  list.show(0, 15);
  expect(source.followed).toEqual([null, '90', '190']);
});

test('a change far from the screen is asked for when somebody scrolls there', () => {
  const { source, list, rows } = opened(1000, 50);
  list.show(400, 420);
  source.asked = 0;
  source.rows[5] = 51;
  source.changed();
  expect(source.asked).toBe(5);
  expect(rows()[5]).toBe(50);
  list.show(0, 15);
  expect(rows()[5]).toBe(51);
});

test('where the end of a page moves, what is on the screen is read anew from there, without a row lost or twice', () => {
  const { source, list, rows } = opened(1000, 50);
  list.show(0, 25);
  source.rows.splice(3, 0, 21);
  source.changed();
  expect(rows().slice(0, 30)).toEqual(source.rows.slice(0, 30));
  for (let i = 0; i < 60; i++) list.loadMore();
  expect(rows().slice(0, 500)).toEqual(source.rows.slice(0, 500));
  source.rows.splice(0, 990);
  source.changed();
  expect(rows()).toEqual(source.rows);
  expect(list.loaded()).toMatchObject({ totalCount: 11 });
});

test('a page that did not arrive says so, and is asked for again', () => {
  const { source, list, rows } = opened(35);
  source.failing = true;
  list.loadMore();
  expect(list.loaded().error?.message).toBe('lost');
  expect(list.loaded().loadingMore).toBe(false);
  expect(rows()).toHaveLength(10);
  source.failing = false;
  list.loadMore();
  expect(list.loaded().error).toBeNull();
  expect(rows()).toHaveLength(20);
});

test('a page on the screen that could not be read anew is asked for again, and then is as it is by now', () => {
  const { source, list, rows } = opened(10);
  source.failing = true;
  list.refresh();
  expect(list.loaded().error?.message).toBe('lost');
  expect(rows()).toHaveLength(10);
  source.failing = false;
  source.rows[5] = 51;
  list.mend();
  expect(list.loaded().error).toBeNull();
  expect(rows()[5]).toBe(51);
});

test('a list may begin with several pages, as it was left', () => {
  const source = new Source(95);
  const list = new PageList(source.read, 4);
  list.open();
  expect(list.loaded().pages).toHaveLength(4);
  expect(new PageList(source.read, 40).loaded().pages).toEqual([]);
});

test('who closed a list hears nothing of it, and opening it goes on from what was there', () => {
  const { source, list, rows } = opened(35, 2);
  list.close();
  expect(source.followed).toEqual([]);
  source.rows[2] = 23;
  list.open();
  expect(rows()).toHaveLength(20);
  expect(rows()[2]).toBe(23);
});

test('what is followed is asked for again on demand', () => {
  const { source, list, rows } = opened(1000, 50);
  list.show(0, 15);
  source.asked = 0;
  source.rows[5] = 51;
  list.refresh();
  expect(source.asked).toBe(3);
  expect(rows()[5]).toBe(51);
  expect(source.followed).toEqual([null, '90', '190']);
});
