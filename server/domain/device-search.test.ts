import fc from 'fast-check';
import { expect, it } from 'vitest';
import { devices } from '../db/tables/devices.ts';
import { newId } from '../lib/ids.ts';
import { type TestApp, testApp } from '../testing/app.ts';
import { buildCompany, buildDevice, type TestAccount } from '../testing/builders.ts';
import { type DeviceListArgs, listDevices } from './device-list.ts';
import { UNFIT } from './input.ts';
import { folded, searchKeyOf } from './search.ts';

/** A device as it is searched for. */
interface Searched {
  readonly id: string;
  readonly name: string;
  readonly alias: string | null;
  readonly address: string;
  readonly companyId: string | null;
  readonly online: boolean;
  readonly removedAt: number | null;
  readonly enrolledAt: number;
}

/** Characters that meet again and again, some that SQL or an index reads otherwise, and the last ones that there are. */
const CHARACTERS = [...'aab0012 %_\\\'"-.@éÉİßKа京', 'e\u0301', '\ud7ff', '\ue000', '🙂', '\uffff', '\u{10ffff}'];
const text = (maxLength: number) =>
  fc
    .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength })
    .map((characters) => characters.join('').trim() || 'a');

async function write(app: TestApp, { id, ...values }: Searched): Promise<void> {
  const { device } = await buildDevice(app);
  const changes = { ...values, aliasKey: values.alias && folded(values.alias), searchKey: searchKeyOf(values) };
  await app.services.db.write(async ({ q }) => {
    await q
      .insert(devices)
      .values({ ...device, ...changes, id, credentialHash: id })
      .onConflictDoUpdate({ target: devices.id, set: changes });
  });
}

/** Whether a search finds it, by reading it: `LIKE '%…%'` of each of its texts. */
function has({ name, alias, address }: Searched, search: string): boolean {
  const wanted = folded(search).trim();
  const texts = [name, alias ?? ''].map(folded);
  return texts.some((one) => one.includes(wanted)) || address.includes(wanted.replace(/\s/g, ''));
}

/** What is listed on all pages, and how many it says that they are. */
async function listed({ ctx }: TestAccount, companyId: string, args: DeviceListArgs) {
  const ids: string[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await listDevices(ctx, companyId, { ...args, after }, {});
    ids.push(...page.rows.map(({ id }) => id));
    const last = page.rows.at(-1);
    if (!page.hasNext || !last) return { ids, count: await page.count() };
    after = page.cursorOf(last);
  }
}

const LISTS: readonly DeviceListArgs[] = [{ orderBy: 'ADDED' }, { orderBy: 'NAME' }, { online: true }];

/** One device or another as it is written at some point: `place` says which. */
const writing = fc.record({
  place: fc.nat(14),
  name: text(12),
  alias: fc.option(text(4)),
  digits: fc.nat(9_999),
  whose: fc.constantFrom('ours', 'ours', 'ours', 'theirs', 'nobody’s'),
  online: fc.boolean(),
  removed: fc.constantFrom(false, false, false, true),
});

it('API-04 a search finds what reading every device finds, whatever the texts, and after every change of them', async () => {
  const app = await testApp();
  let written = 0;
  const scene = fc.tuple(
    fc.array(writing, { minLength: 5, maxLength: 30 }),
    fc.array(text(3), { minLength: 5, maxLength: 10 }),
    fc.constantFrom(1, 5, 100),
  );
  const holds = async ([writings, texts, first]: typeof scene extends fc.Arbitrary<infer Scene> ? Scene : never) => {
    const [{ companyId, admin }, theirs] = [await buildCompany(app), await buildCompany(app)];
    const companies = { ours: companyId, theirs: theirs.companyId, 'nobody’s': null };
    const all = new Map<number, Searched>();
    for (const { place, name, alias, digits, whose, online, removed } of writings) {
      written += 1;
      const { id, enrolledAt } = all.get(place) ?? { id: newId('Device'), enrolledAt: written };
      const one = {
        ...{ id, enrolledAt, name, online, companyId: companies[whose], removedAt: removed ? 1 : null },
        alias: alias === null ? null : `${alias}${written}@ab`,
        address: String(900_000_000 + written * 10_000 + digits),
      };
      all.set(place, one);
      await write(app, one);
    }
    const ours = new Map([...all.values()].map((one) => [one.id, one]));
    const parts = [...ours.values()].flatMap(({ name, address }) => [
      name.slice(1, 4),
      `${address.slice(0, 6)} ${address.slice(6)}`,
    ]);
    const searches = [...texts, ...parts].filter((part) => part.trim() !== '' && !UNFIT.test(part));
    for (const args of LISTS) {
      const { ids } = await listed(admin, companyId, args);
      for (const search of searches) {
        const found = ids.filter((id) => has(ours.get(id) as Searched, search));
        const answer = await listed(admin, companyId, { ...args, search, first });
        expect({ search, ...answer }).toEqual({ search, ids: found, count: found.length });
      }
    }
  };
  await fc.assert(fc.asyncProperty(scene, holds), { numRuns: 30 });
});

it('API-04 a device counts once, however often it has the text in it', async () => {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  // So often that those of the last one come behind all that is counted at first.
  const names = [...Array(25).fill('a'.repeat(100)), 'az'];
  for (const [i, name] of names.entries()) {
    const address = String(900_000_000 + i);
    const values = { id: newId('Device'), name, alias: null, address, companyId };
    await write(app, { ...values, online: true, removedAt: null, enrolledAt: i });
  }
  const { ids, count } = await listed(admin, companyId, { search: 'a' });
  expect([ids.length, new Set(ids).size, count]).toEqual([names.length, names.length, names.length]);
});
