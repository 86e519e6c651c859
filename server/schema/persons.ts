import type { Account } from '../db/tables/accounts.ts';
import { builder } from './builder.ts';

/** What colleagues, and the devices of a company, see of an account; the account itself is its owner's. */
export const Person = builder.objectRef<Account>('Person').implement({
  description: 'Somebody of the company, as colleagues see them.',
  fields: (t) => ({
    accountId: t.exposeID('id', {
      description: 'The person’s account, to assign devices to. The account itself is readable by its owner only.',
    }),
    name: t.exposeString('name', { description: 'The person’s name.' }),
    email: t.exposeString('email', { description: 'The person’s e-mail address.' }),
  }),
});
