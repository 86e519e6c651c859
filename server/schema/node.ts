import type { InterfaceRef } from '@pothos/core';
import { Denial } from '../domain/denials.ts';
import { ID_PREFIXES, type IdType, typeOfId } from '../lib/ids.ts';
import { builder, type Context } from './builder.ts';

export interface NodeRow {
  readonly id: string;
}

export const Node: InterfaceRef<typeof builder.$inferSchemaTypes, NodeRow> = builder
  .interfaceRef<NodeRow>('Node')
  .implement({
    description: 'Whatever has an id of its own and can be read again by it.',
    resolveType: (row) => typeOfId(row.id) as string,
    fields: (t) => ({
      id: t.exposeID('id', {
        description: 'Opaque, unique among all types, and never given again. Not what people type: that is an address.',
      }),
    }),
  });

/** How each type is read by id: a domain operation, which judges whether the caller may see it. */
const readers = new Map<IdType, (ctx: Context, id: string) => Promise<NodeRow>>();

/** Makes a type readable through `node` and `nodes`. */
export function readableById(type: IdType, read: (ctx: Context, id: string) => Promise<NodeRow>): void {
  readers.set(type, read);
}

/**
 * The id where it has the form of one of these types' ids.
 * @throws Denial NOT_FOUND otherwise: the wrong kind of id is answered like an unknown one.
 */
export function idOf(id: string, argument: string, ...types: IdType[]): string {
  const type = typeOfId(id);
  if (!type || !types.includes(type)) throw new Denial('NOT_FOUND', { argument });
  return id;
}

/** As `idOf`; null and absent stay what they are. */
export function optionalIdOf<Id extends string | null | undefined>(id: Id, argument: string, ...types: IdType[]): Id {
  if (id) idOf(id, argument, ...types);
  return id;
}

async function read(ctx: Context, id: string): Promise<NodeRow | null> {
  const type = typeOfId(id);
  const reader = type && readers.get(type);
  if (!reader) return null;
  try {
    return await reader(ctx, id);
  } catch (error) {
    if (error instanceof Denial && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/** Most ids that `nodes` takes: as many as the largest page has. */
const MOST_IDS = 100;

builder.queryFields((t) => ({
  node: t.field({
    type: Node,
    nullable: true,
    description: 'Whatever has this id; null where there is no such thing, or it is not yours to see.',
    args: { id: t.arg.id({ required: true, description: `An id, such as \`${ID_PREFIXES.Device}_…\`.` }) },
    resolve: (_root, { id }, ctx) => read(ctx, id),
  }),
  nodes: t.field({
    type: [Node],
    nullable: { list: false, items: true },
    description: 'As `node`, for many ids at once; the answers are in the order of the ids.',
    args: { ids: t.arg.idList({ required: true, description: `Ids, at most ${MOST_IDS}.` }) },
    resolve: (_root, { ids }, ctx) => {
      if (ids.length > MOST_IDS) throw new Denial('BAD_USER_INPUT', { argument: 'ids', limit: MOST_IDS });
      return Promise.all(ids.map((id) => read(ctx, id)));
    },
  }),
}));
