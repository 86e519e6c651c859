import { getNamedType } from 'graphql';
import { expect, it } from 'vitest';
import type { Context } from '../domain/context.ts';
import { type IdType, newId, typeOfId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { argumentsFor, HINTS, idPlaces } from '../testing/arguments.ts';
import { answerOf, type RootField, rootFields } from '../testing/authorization.ts';
import { wholeSelection } from '../testing/crawl.ts';
import { schemaOnce } from '../testing/operations.ts';
import { statementsOf } from '../testing/statements.ts';
import { crawlAll, INSIDERS, idsByType, ownIds, twoEstates } from '../testing/viewers.ts';

/** People and a device of another company, and somebody of none: to them the first company’s ids are as if they never were. */
const OTHERS = ['otherAdmin', 'otherUser', 'otherDevice', 'stranger'] as const;

/** Of each type, ids that are tried: enough for those that differ in what they belong to. */
const TRIED = 3;

const schema = schemaOnce();

it('ASVS 8.4.1 an id of others costs the database the same statements as one that never was, wherever an id is taken', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  const crawls = await crawlAll(world);
  const foreign = idsByType(INSIDERS.flatMap((viewer) => [...crawls[viewer].texts]));
  const told = new Set<string>();
  let compared = 0;
  for (const root of rootFields(schema)) {
    // Those two read whatever has an id, of every type.
    const whatever = root.field.name === 'node' || root.field.name === 'nodes';
    const answered = getNamedType(root.field.type).name;
    const selection = whatever ? '{ __typename }' : wholeSelection(schema, answered, world.given, 1);
    for (const place of idPlaces(root.field, HINTS)) {
      const types = whatever ? [...foreign.keys()] : [place.type];
      for (const viewer of OTHERS) {
        const own = ownIds(world, crawls[viewer]);
        const cost = (id: string) => {
          const values = argumentsFor(root.field, own, HINTS, { place, id });
          return costOf(root, values, world.viewers[viewer], selection);
        };
        for (const id of types.flatMap((type) => [...(foreign.get(type) ?? [])].slice(0, TRIED))) {
          if (crawls[viewer].texts.has(id)) continue;
          const unknown = await cost(newId(typeOfId(id) as IdType));
          const known = await cost(id);
          compared += 1;
          if (known.join() !== unknown.join()) {
            told.add(`${viewer} ${root.field.name} ${place.path} ${typeOfId(id)}: ${differing(known, unknown)}`);
          }
        }
      }
    }
  }
  expect([...told]).toEqual([]);
  expect(compared).toBeGreaterThan(500);
}, 120_000);

const costOf = (root: RootField, values: Record<string, unknown>, ctx: Context, selection: string) =>
  statementsOf(() => answerOf(schema, root, values, ctx, selection));

/** The first statement that is not the same, of both. */
function differing(known: readonly string[], unknown: readonly string[]): string {
  const at = known.findIndex((statement, i) => statement !== unknown[i]);
  const first = at < 0 ? known.length : at;
  return `${known.length} and ${unknown.length} statements, ${known[first]} and ${unknown[first]}`;
}
