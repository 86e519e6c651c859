import { type DocumentNode, type ExecutionResult, execute, getNamedType, isObjectType, parse } from 'graphql';
import { expect, it } from 'vitest';
import { Denial } from '../domain/denials.ts';
import { type IdType, newId, typeOfId } from '../lib/ids.ts';
import { testApp } from '../testing/app.ts';
import { argumentsFor, HINTS, idPlaces } from '../testing/arguments.ts';
import { answerOf, rootFields } from '../testing/authorization.ts';
import { type Crawl, wholeSelection } from '../testing/crawl.ts';
import { schemaOnce } from '../testing/operations.ts';
import {
  crawlAll,
  INSIDERS,
  idsByType,
  ownIds,
  type TwoEstates,
  twoEstates,
  VIEWERS,
  type Viewer,
} from '../testing/viewers.ts';
import { createLoaders } from './loaders.ts';

/**
 * Where colleagues are told what they lack, though they may not see what they name: the permission that it takes (PER-12),
 * that a backup is one account’s alone (PER-07), and all that stands against an activation (PRE-05). To everybody
 * outside of the company it is as if it never were (decision 21).
 */
const TOLD_TO_COLLEAGUES = new Set([
  'activateService input.policyId',
  'assignPolicy input.policyId',
  'cancelRestore input.id',
  'removePolicy input.id',
  'renamePolicy input.id',
  'requestRestore input.snapshotId',
  'restorePolicyVersion input.id',
  'unassignPolicy input.policyId',
  'updatePolicy input.id',
]);

/** Who accepted an invitation is told that it is spent: an id that is their own, though no query shows it any more. */
const ACCEPTED = 'acceptMemberInvitation input.invitationId';

/** Places where no id makes a difference, each for a reason of its own. */
const WITHOUT_EFFECT = new Set([
  // The operator is nobody’s id.
  'operatorAuditLog actorId',
  // Who is not in the group is not taken out of it.
  'removeDevicesFromGroup input.deviceIds',
]);

/** Characters of an answer, in a failure. */
const SHOWN = 300;

const schema = schemaOnce();

it('ASVS 8.4.1 an id of others is answered like one that never was, wherever an id is taken, beside own ones too', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  const crawls = await crawlAll(world);
  const foreign = idsByType(INSIDERS.flatMap((viewer) => [...crawls[viewer].texts]));
  const [told, idle]: [string[], string[]] = [[], []];
  for (const root of rootFields(schema)) {
    const selection = wholeSelection(schema, getNamedType(root.field.type).name, world.given, 1);
    for (const place of idPlaces(root.field, HINTS)) {
      const name = `${root.field.name} ${place.path}`;
      let makesADifference = false;
      for (const viewer of VIEWERS) {
        const own = ownIds(world, crawls[viewer]);
        const answer = async (id: string) => {
          const values = argumentsFor(root.field, own, HINTS, { place, id });
          return comparable(await answerOf(schema, root, values, world.viewers[viewer], selection), id);
        };
        const unknown = await answer(newId(place.type));
        for (const id of foreign.get(place.type) ?? []) {
          if ((await answer(id)) === unknown) continue;
          makesADifference = true;
          if (
            !crawls[viewer].texts.has(id) &&
            !(isInsider(viewer) && (TOLD_TO_COLLEAGUES.has(name) || name === ACCEPTED))
          ) {
            told.push(`${viewer} ${name}: ${(await answer(id)).slice(0, SHOWN)} is not ${unknown.slice(0, SHOWN)}`);
          }
        }
      }
      if (!makesADifference && !WITHOUT_EFFECT.has(name)) idle.push(name);
    }
  }
  expect(told).toEqual([]);
  // A place that nobody's id makes a difference in was not tried with ids of the right kind: say in HINTS of which.
  expect(idle).toEqual([]);
  await expectNoNodes(world, crawls);
}, 120_000);

/** `node` and `nodes` know nothing of others’ ids, of whatever type, also among own ones. */
async function expectNoNodes(world: TwoEstates, crawls: Readonly<Record<Viewer, Crawl>>): Promise<void> {
  const all = new Set(INSIDERS.flatMap((viewer) => [...crawls[viewer].readable]));
  expect(new Set([...all].map((id) => typeOfId(id))).size).toBeGreaterThan(20);
  for (const viewer of VIEWERS) {
    const [own] = [...crawls[viewer].readable];
    const both = async (asked: string) => {
      const ids = own ? [own, asked, own] : [asked];
      const one = await ask(world, viewer, 'query ($id: ID!) { node(id: $id) { id } }', { id: asked });
      const many = await ask(world, viewer, 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
      return [comparable(one, asked), comparable(many, asked)];
    };
    for (const id of all) {
      if (crawls[viewer].texts.has(id)) continue;
      const type = typeOfId(id) as IdType;
      expect([viewer, type, await both(id)]).toEqual([viewer, type, await both(newId(type))]);
    }
  }
}

it('filters by others’ ids and cursors of others’ lists give nothing of theirs', async () => {
  const app = await testApp({ WEBHOOK_ALLOW_PRIVATE: 'yes' });
  const world = await twoEstates(app);
  const crawls = await crawlAll(world);
  const texts = new Set(INSIDERS.flatMap((viewer) => [...crawls[viewer].texts]));
  const foreign = [...texts].filter((text) => typeOfId(text) !== null);
  const cursors = [...texts].filter((text) => /^[A-Za-z0-9_-]{12,}$/.test(text) && isCursor(text));
  expect(cursors.length).toBeGreaterThan(20);
  let asked = 0;
  for (const viewer of ['otherAdmin', 'otherDevice'] as const) {
    for (const [name, [id]] of idsByType([...crawls[viewer].readable])) {
      const type = schema.getType(name);
      for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
        for (const arg of field.args) {
          const named = getNamedType(arg.type).name;
          const values = named === 'Cursor' ? cursors : named === 'ID' ? foreign : [];
          for (const value of values) {
            const selection = wholeSelection(schema, getNamedType(field.type).name, world.given, 2);
            const asking = `${field.name}(${arg.name}: $value) ${selection}`;
            const source = `query ($id: ID!, $value: ${named}) { node(id: $id) { ... on ${name} { ${asking} } } }`;
            const answer = JSON.stringify((await ask(world, viewer, source, { id, value })).data ?? null);
            asked += 1;
            expect([field.name, arg.name, value, /alpha/i.test(answer)]).toEqual([field.name, arg.name, value, false]);
          }
        }
      }
    }
  }
  expect(asked).toBeGreaterThan(1_000);
}, 120_000);

const isInsider = (viewer: Viewer) => (INSIDERS as readonly string[]).includes(viewer);

function isCursor(text: string): boolean {
  return /^\[|:\d+$/.test(Buffer.from(text, 'base64url').toString('utf8'));
}

const documents = new Map<string, DocumentNode>();

async function ask({ viewers }: TwoEstates, viewer: Viewer, source: string, variableValues: Record<string, unknown>) {
  const contextValue = { ...viewers[viewer], loaders: createLoaders(viewers[viewer]), setCookie: null };
  const document = documents.get(source) ?? parse(source);
  documents.set(source, document);
  return (await execute({ schema, document, variableValues, contextValue })) as ExecutionResult;
}

/** An answer without what is new each time; with the id that was asked with under one name. */
function comparable({ data, errors = [] }: ExecutionResult, id: string): string {
  const failures = errors.map(({ originalError, path, message }) => {
    if (!(originalError instanceof Denial)) throw originalError ?? new Error(message);
    // Of several fields that are denied at once, the first to say so takes the whole with it.
    return JSON.stringify([originalError.code, originalError.details, path?.[0]]);
  });
  return JSON.stringify([data, [...new Set(failures)]])
    .replaceAll(id, 'THE_ID')
    .replace(/"[a-z]{3}_[A-Za-z0-9_-]{24}"/g, '"AN_ID"')
    .replace(/bkn_[a-z]{3}_[\w-]+/g, 'A_SECRET');
}
