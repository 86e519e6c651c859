import type { InterfaceRef, ObjectRef, ArgBuilder as PothosArgBuilder } from '@pothos/core';
import { MOST_COUNTED } from '../db/bounded-count.ts';
import type { Page } from '../domain/page.ts';
import { PAGE_DEFAULT, PAGE_MOST } from '../domain/page.ts';
import { builder } from './builder.ts';

const PageInfo = builder.objectRef<Page<never>>('PageInfo').implement({
  description: 'Where a page stands in its list (Relay).',
  fields: (t) => ({
    hasNextPage: t.boolean({ description: 'Whether there is more after it.', resolve: (page) => page.hasNext }),
    hasPreviousPage: t.boolean({
      description: 'Whether it was reached with `after`.',
      resolve: (page) => page.hasPrevious,
    }),
    startCursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The cursor of its first entry; null where it is empty.',
      resolve: (page) => cursorAt(page, 0),
    }),
    endCursor: t.field({
      type: 'Cursor',
      nullable: true,
      description: 'The cursor of its last entry, to ask for the next page with; null where it is empty.',
      resolve: (page) => cursorAt(page, page.rows.length - 1),
    }),
  }),
});

function cursorAt<Row>(page: Page<Row>, at: number): string | null {
  const row = page.rows[at];
  return row === undefined ? null : page.cursorOf(row);
}

/** What `t.arg` is, for functions that share arguments between fields. */
export type ArgBuilder = PothosArgBuilder<typeof builder.$inferSchemaTypes>;

/** The arguments of every list that is read in pages. */
export const pageArgs = (t: ArgBuilder) => ({
  first: t.int({ required: false, description: `How many at most, 1 to ${PAGE_MOST}; ${PAGE_DEFAULT} where absent.` }),
  after: t({
    type: 'Cursor',
    required: false,
    description: 'Only what comes after this cursor of the same list.',
  }),
});

/**
 * Relay's connection and edge types over an object type or interface. `plural` is what its entries are called in
 * descriptions.
 */
// biome-ignore lint/suspicious/noExplicitAny: the schema types of Pothos are no part of what callers see
export function connectionOf<Row>(name: string, ref: ObjectRef<any, Row> | InterfaceRef<any, Row>, plural: string) {
  const Edge = builder.objectRef<{ page: Page<Row>; row: Row }>(`${name}Edge`).implement({
    description: `One of the ${plural} in a page, with its cursor.`,
    fields: (t) => ({
      cursor: t.field({
        type: 'Cursor',
        description: 'Its place in the list.',
        resolve: ({ page, row }) => page.cursorOf(row),
      }),
      node: t.field({ type: ref, description: 'The entry itself.', resolve: ({ row }) => row as never }),
    }),
  });
  return builder.objectRef<Page<Row>>(`${name}Connection`).implement({
    description: `A page of ${plural} (Relay).`,
    fields: (t) => ({
      edges: t.field({
        type: [Edge],
        description: 'The entries with their cursors, in order.',
        resolve: (page) => page.rows.map((row) => ({ page, row })),
      }),
      nodes: t.field({
        type: [ref],
        description: 'The entries without cursors, in order.',
        resolve: (page) => page.rows as never,
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'Where the page stands in the list.',
        resolve: (page) => page as Page<never>,
      }),
      totalCount: t.int({
        description:
          'How many entries all pages have together, or at least: see `totalCountIsExact`. Counted only when asked for.',
        resolve: (page) => page.count(),
      }),
      totalCountIsExact: t.boolean({
        description:
          'False where there are more than `totalCount` says: what a search or a seldom combination of filters finds, and ' +
          `histories, are counted up to ${MOST_COUNTED} only, so that they cost the same however much there is.`,
        resolve: (page) => page.countIsExact(),
      }),
    }),
  });
}
