import { describe, expect, it } from 'vitest';
import { companies, members } from '../db/tables/companies.ts';
import { testApp } from '../testing/app.ts';
import { addMember, buildAccount, buildCompany } from '../testing/builders.ts';
import { listenTo } from '../testing/events.ts';
import { denialOf, refusalOf } from '../testing/refusals.ts';
import { findAccounts } from './accounts.ts';
import { createCompany, getCompany, getOwnCompany, updateCompany } from './companies.ts';
import { streamOf } from './event-log.ts';
import { getMember, listMembers } from './members.ts';

describe('making a company', () => {
  it('who makes it is its first administrator, and its namespace is lower case', async () => {
    const app = await testApp();
    const ana = await buildAccount(app);
    const events = await listenTo(ana.ctx, streamOf.account(ana.account.id));
    const { company, member } = await createCompany(ana.ctx, { name: ' Northwind ', namespace: 'North-Wind' });
    expect(company).toMatchObject({ name: 'Northwind', namespace: 'north-wind', deviceCount: 0 });
    expect(member).toMatchObject({ companyId: company.id, accountId: ana.account.id });
    expect(await events.changes(2)).toEqual(['member JOINED', 'company CREATED']);
    expect(await getOwnCompany(ana.ctx)).toEqual({ company, member: { ...member, administrator: true } });
    expect(await getCompany(ana.ctx, company.id)).toEqual(company);
  });

  it.each(['x', 'sixteen-letters-', 'no blanks', 'a@b', 'größe', 'a/b'])(
    'the namespace %j is refused',
    async (namespace) => {
      const app = await testApp();
      const { ctx } = await buildAccount(app);
      const refusal = await refusalOf(createCompany(ctx, { name: 'N', namespace }), 'INVALID_NAMESPACE');
      expect(refusal.path).toEqual(['namespace']);
    },
  );

  it('a namespace belongs to one company, whatever its case, also where two want it at once', async () => {
    const app = await testApp();
    const people = await Promise.all([1, 2, 3].map(() => buildAccount(app)));
    const outcomes = await Promise.allSettled(
      people.map(({ ctx }, i) => createCompany(ctx, { name: 'N', namespace: i % 2 ? 'NORTH' : 'north' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'NAMESPACE_TAKEN' });
    }
  });

  it('an account belongs to one company, also where it makes two at once; nothing is left of the other', async () => {
    const app = await testApp();
    const { ctx } = await buildAccount(app);
    const outcomes = await Promise.allSettled(
      ['north', 'south', 'east'].map((namespace) => createCompany(ctx, { name: 'N', namespace })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await app.services.db.read.select().from(companies)).toHaveLength(1);
    expect(await app.services.db.read.select().from(members)).toHaveLength(1);
    await refusalOf(createCompany(ctx, { name: 'N', namespace: 'west' }), 'OTHER_COMPANY');
  });
});

describe('seeing and changing a company', () => {
  it('administrators rename it; members of role User do not', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const user = await buildAccount(app);
    await addMember(app, companyId, user, 'USER');
    expect(await updateCompany(admin.ctx, { name: 'Renamed' })).toMatchObject({ id: companyId, name: 'Renamed' });
    await denialOf(updateCompany(user.ctx, { name: 'Mine' }), 'FORBIDDEN');
    await denialOf(updateCompany((await buildAccount(app)).ctx, { name: 'Mine' }), 'FORBIDDEN');
  });

  it('for others it is not there, nor are its members', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    const other = await buildCompany(app);
    const memberId = (await listMembers(admin.ctx, { companyId })).rows[0]?.id ?? '';
    for (const stranger of [other.admin, await buildAccount(app)]) {
      const foreign = await denialOf(getCompany(stranger.ctx, companyId), 'NOT_FOUND');
      const unknown = await denialOf(getCompany(stranger.ctx, 'com_unknown'), 'NOT_FOUND');
      expect(foreign.details).toEqual(unknown.details);
      await denialOf(listMembers(stranger.ctx, { companyId }), 'NOT_FOUND');
    }
    await denialOf(getMember(other.admin.ctx, memberId), 'NOT_FOUND');
    expect(await getMember(admin.ctx, memberId)).toMatchObject({ accountId: admin.account.id });
  });

  it('its members are listed by name, and found by a part of the name or of the address', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    for (const name of ['zoe Adler', 'Émile Roy', 'Bea 100%', 'Abel_B']) {
      await addMember(app, companyId, await buildAccount(app, { name, email: `${name.slice(-3)}@mail.test` }), 'USER');
    }
    const names = async (search?: string) => {
      const page = await listMembers(admin.ctx, { companyId, search });
      const accounts = await findAccounts(
        app.services.db.read,
        page.rows.map(({ accountId }) => accountId),
      );
      expect(await page.count()).toBe(page.rows.length);
      return accounts.map(({ name }) => name);
    };
    const all = await names();
    expect(all.filter((name) => name !== 'Émile Roy')).toEqual(['Abel_B', 'Bea 100%', admin.account.name, 'zoe Adler']);
    expect(await names(' ADLER ')).toEqual(['zoe Adler']);
    expect(await names('Émile')).toEqual(['Émile Roy']);
    expect(await names('roy@MAIL')).toEqual(['Émile Roy']);
    expect(await names('0%')).toEqual(['Bea 100%']);
    expect(await names('l_')).toEqual(['Abel_B']);
    expect(await names('nobody')).toEqual([]);
    await denialOf(listMembers(admin.ctx, { companyId, search: 'x'.repeat(101) }), 'BAD_USER_INPUT');
  });

  it('its members are read in pages, each once', async () => {
    const app = await testApp();
    const { companyId, admin } = await buildCompany(app);
    for (let n = 0; n < 6; n++) await addMember(app, companyId, await buildAccount(app), 'USER');
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; ; pages++) {
      const page = await listMembers(admin.ctx, { companyId, first: 3, after });
      expect(page.hasPrevious).toBe(pages > 0);
      seen.push(...page.rows.map(({ id }) => id));
      const last = page.rows.at(-1);
      if (!page.hasNext || !last) break;
      after = page.cursorOf(last);
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    expect(await (await listMembers(admin.ctx, { companyId, first: 1 })).count()).toBe(7);
    for (const first of [0, -1, 101, 1.5])
      await denialOf(listMembers(admin.ctx, { companyId, first }), 'BAD_USER_INPUT');
    await denialOf(listMembers(admin.ctx, { companyId, after: 'bm9uc2Vuc2U' }), 'BAD_USER_INPUT');
  });
});
