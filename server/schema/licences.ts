import type { LicenceLink as LicenceLinkRow, Licence as LicenceRow } from '../db/tables/licences.ts';
import { activateLicence } from '../domain/licence-activation.ts';
import { type LicenceLinkStatus, licenceLinkStatusAt } from '../domain/licence-links.ts';
import { offerTo } from '../domain/licence-offers.ts';
import { type LicenceStatus, licenceStatusAt } from '../domain/licence-status.ts';
import {
  getLicence,
  listCarriedLicences,
  listCompanyLicences,
  listLicences,
  purchaseEmailFor,
} from '../domain/licences.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { connectionOf, pageArgs } from './connection.ts';
import { describedEnum } from './enums.ts';
import { LicenceEditionEnum, LicenceOffer } from './licence-offers.ts';
import { mutation } from './mutation.ts';
import { Node, optionalIdOf, readableById } from './node.ts';
import { Person } from './persons.ts';
import { ServiceEnum } from './roles.ts';

const LicenceStatusEnum = describedEnum<LicenceStatus>('LicenceStatus', 'Where a licence stands at this moment.', {
  ISSUED: 'Nobody has activated it yet.',
  ACTIVE: 'Its service can be put on devices.',
  SUSPENDED: 'The operator suspended it: nothing new can be done with it.',
  EXPIRED: 'Its term is over, until it is renewed.',
});

const LicenceLinkStatusEnum = describedEnum<LicenceLinkStatus>(
  'LicenceLinkStatus',
  'Where an activation link stands.',
  {
    OPEN: 'It can be opened.',
    REVOKED: 'The operator revoked it.',
    EXPIRED: 'It was not used within 30 days.',
  },
);

const ActivationLink = builder.objectRef<LicenceLinkRow>('ActivationLink').implement({
  description: 'The link in an activation mail, without its secret; for the operator.',
  fields: (t) => ({
    status: t.field({
      type: LicenceLinkStatusEnum,
      description: 'Where it stands at this moment.',
      resolve: (row, _args, ctx) => licenceLinkStatusAt(row, ctx.clock.now()),
    }),
    sentAt: t.field({ type: 'DateTime', description: 'When it was mailed.', resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'It can be opened before this instant.' }),
  }),
});

export const Licence = builder.objectRef<LicenceRow>('Licence').implement({
  description:
    'A licence for one service (LIC-13). Visible to the operator and, once it is activated, to the members of its company.',
  interfaces: [Node],
  fields: (t) => ({
    product: t.expose('product', { type: ServiceEnum, description: 'The service that it is for.' }),
    edition: t.expose('edition', { type: LicenceEditionEnum, description: 'For whom it is.' }),
    seats: t.exposeInt('seats', { description: 'How many endpoints it covers.' }),
    seatsUsed: t.exposeInt('seatsUsed', { description: 'How many of them are taken.' }),
    status: t.field({
      type: LicenceStatusEnum,
      description: 'Where it stands at this moment, by the clock.',
      resolve: (row, _args, ctx) => licenceStatusAt(row, ctx.clock.now()),
    }),
    issuedAt: t.expose('issuedAt', { type: 'DateTime', description: 'When it was issued.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'The end of its term.' }),
    activatedAt: t.expose('activatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was activated; null before.',
    }),
    suspendedAt: t.expose('suspendedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is suspended; null where it is not.',
    }),
    holder: t.field({
      type: Person,
      nullable: true,
      description: 'Who activated it; null before.',
      resolve: ({ holderId }, _args, ctx) => (holderId ? ctx.loaders.account.load(holderId) : null),
    }),
    companyId: t.exposeID('companyId', {
      nullable: true,
      description: 'The company that it belongs to; null before it is activated.',
    }),
    purchaseEmail: t.string({
      nullable: true,
      description: 'The address that bought it, for the operator and its holder; null for others.',
      resolve: (row, _args, ctx) => purchaseEmailFor(ctx, row),
    }),
    activationLink: t.field({
      type: ActivationLink,
      nullable: true,
      description: 'The newest activation link, for the operator; null for others.',
      resolve: ({ id }, _args, ctx) => (ctx.principal.kind === 'operator' ? ctx.loaders.licenceLink.load(id) : null),
    }),
  }),
});

readableById('Licence', getLicence);

const LicenceConnection = connectionOf('Licence', Licence, 'licences');

builder.objectField(Company, 'licences', (t) =>
  t.field({
    type: LicenceConnection,
    description: 'Its licences, the last issued first; those that lapsed among them.',
    args: pageArgs(t.arg),
    resolve: ({ id }, args, ctx) => listCompanyLicences(ctx, { ...args, companyId: id }),
  }),
);

builder.objectField(Account, 'licenceOffers', (t) =>
  t.field({
    type: [LicenceOffer],
    description:
      'Licences that its sign-up carried on and that wait for the step “Activate”: `activateLicence` by `licenceId` ' +
      '(LIC-09, LIC-10). For the verified account.',
    resolve: async ({ id }, _args, ctx) =>
      Promise.all((await listCarriedLicences(ctx)).map((licence) => offerTo(ctx, id, licence))),
  }),
);

const LicenceFilter = builder.inputType('LicenceFilter', {
  description: 'Which licences to list: those that fit all that is given.',
  fields: (t) => ({
    status: t.field({ type: LicenceStatusEnum, required: false, description: 'Where they stand at this moment.' }),
    product: t.field({ type: ServiceEnum, required: false, description: 'The service that they are for.' }),
    edition: t.field({ type: LicenceEditionEnum, required: false, description: 'For whom they are.' }),
    purchaseEmail: t.string({
      required: false,
      description: 'The whole address that bought them; case is ignored.',
    }),
    companyId: t.id({ required: false, description: 'The company that they belong to.' }),
  }),
});

builder.queryField('licences', (t) =>
  t.field({
    type: LicenceConnection,
    description: 'The licences of the installation, the last issued first; for the operator.',
    args: {
      ...pageArgs(t.arg),
      filter: t.arg({ type: LicenceFilter, required: false, description: 'Only these; all where absent.' }),
    },
    resolve: (_root, args, ctx) => {
      optionalIdOf(args.filter?.companyId, 'companyId', 'Company');
      return listLicences(ctx, args);
    },
  }),
);

const NewCompany = builder.inputType('NewCompanyInput', {
  description: 'A company to make for somebody who is in none.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    namespace: t.string({
      required: true,
      description:
        'The part after `@` in aliases: 2 to 15 letters, digits, `-`, `.`, `_`; case is ignored. It cannot be changed.',
    }),
  }),
});

mutation('activateLicence', {
  description:
    'The step “Activate” that both ways end with (LIC-04, LIC-10): the licence belongs to one’s company from now on, ' +
    'and `accountEvents` says so. Harmless to repeat for the account that did it; to everybody outside its company, a ' +
    'link that was used is like one that never was. Takes a verified account; give `token` or `licenceId`.',
  input: (t) => ({
    token: t.string({ required: false, description: 'The `token` of the link in the activation mail, `bkn_lnk_…`.' }),
    licenceId: t.id({
      required: false,
      description: 'The licence that one’s own sign-up carried on, from `Account.licenceOffers`.',
    }),
    newCompany: t.field({
      type: NewCompany,
      required: false,
      description: 'The company to make, for who is in none; left alone for who is in one.',
    }),
    dryRun: t.boolean({
      required: false,
      description: 'Change nothing, and answer what would come of it: whether it would be refused, and why (API-03).',
    }),
  }),
  run: (ctx, input) =>
    activateLicence(ctx, { ...input, licenceId: optionalIdOf(input.licenceId, 'licenceId', 'Licence') }),
  payload: (t) => ({
    licence: t.field({
      type: Licence,
      description: 'The licence, active; with `dryRun` as it would be.',
      resolve: ({ licence }) => licence,
    }),
    alreadyActive: t.exposeBoolean('alreadyActive', {
      description: 'Whether one had activated it before, and nothing changed.',
    }),
  }),
  refusals: ['LicenceRefused', 'InvalidInput', 'AlreadyTaken'],
});
