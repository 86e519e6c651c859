import { describe, expect, it } from 'vitest';
import { addressBooksOf } from '../domain/address-books.ts';
import { testApp } from '../testing/app.ts';
import { buildAccount } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { signedIn } from '../testing/people.ts';
import { askOver, TRANSPORTS } from '../testing/transports.ts';

/** The first time it is executed as it is, the second time compiled; from then on it is ready before Yoga is asked. */
const TIMES = ['as it is', 'compiled', 'ready', 'ready again'];

/** Books may have one name. */
const CREATE = `mutation ($after: Cursor, $name: String!) {
  createAddressBook(input: { name: $name }) {
    ... on CreateAddressBookPayload { addressBook { name entries(after: $after) { totalCount } } }
    ... on UserError { code }
  }
}`;

describe.each(TRANSPORTS)('a mutation over %s', (transport) => {
  async function asked() {
    const app = await testApp();
    const ana = await buildAccount(app);
    const ask = await askOver(transport, await httpApi(app), { session: (await signedIn(app, ana)).secret });
    const books = async () => (await addressBooksOf(ana.ctx, ana.account.id, {}))?.rows.map(({ name }) => name).sort();
    return { ask, books };
  }

  it('API-06 is done once, whoever makes its answer', async () => {
    const { ask, books } = await asked();
    for (const name of TIMES) {
      expect(await ask(CREATE, { name })).toMatchObject({
        data: { createAddressBook: { addressBook: { name, entries: { totalCount: 0 } } } },
        errors: [],
      });
    }
    expect(await books()).toEqual([...TIMES].sort());
  });

  it('API-06 is done once where its answer tells an error, which is left to the reference executor', async () => {
    const { ask, books } = await asked();
    for (const name of TIMES) {
      const { data, errors } = await ask(CREATE, { name, after: '?' });
      expect(data).toBeNull();
      expect(errors, name).toMatchObject([
        {
          path: ['createAddressBook', 'addressBook', 'entries'],
          extensions: { code: 'BAD_USER_INPUT', argument: 'after' },
        },
      ]);
    }
    expect(await books()).toEqual([...TIMES].sort());
  });

  it('API-06 is done only where its input can be read', async () => {
    const { ask, books } = await asked();
    await ask(CREATE, { name: 'first' });
    for (const name of [null, 7, ['a', 'b']]) {
      for (let time = 0; time < 3; time++) expect((await ask(CREATE, { name })).errors).toHaveLength(1);
    }
    expect(await ask(CREATE, { name: '' })).toMatchObject({ data: { createAddressBook: { code: 'REQUIRED' } } });
    expect(await books()).toEqual(['first']);
  });
});
