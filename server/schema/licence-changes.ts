import type { Licence as LicenceRow } from '../db/tables/licences.ts';
import { renewLicence, resumeLicence, suspendLicence } from '../domain/licence-changes.ts';
import { issueLicences, LICENCE_MONTHS, LICENCE_SEATS, LICENCES_PER_PURCHASE } from '../domain/licence-issuing.ts';
import { resendLicenceLink, revokeLicenceLink } from '../domain/licence-links.ts';
import { builder } from './builder.ts';
import { LanguageEnum } from './enums.ts';
import { LicenceEditionEnum } from './licence-offers.ts';
import { Licence } from './licences.ts';
import { mutation } from './mutation.ts';
import { idOf } from './node.ts';
import { ServiceEnum } from './roles.ts';

const MONTHS = `${LICENCE_MONTHS.min} to ${LICENCE_MONTHS.max}`;

const NewLicence = builder.inputType('NewLicenceInput', {
  description: 'One licence of a purchase. Give `months` or `expiresAt`.',
  fields: (t) => ({
    product: t.field({ type: ServiceEnum, required: true, description: 'The service that it is for.' }),
    edition: t.field({ type: LicenceEditionEnum, required: true, description: 'For whom it is.' }),
    seats: t.int({
      required: true,
      description: `How many endpoints it covers, ${LICENCE_SEATS.min} to ${LICENCE_SEATS.max}.`,
    }),
    months: t.int({ required: false, description: `Its term in calendar months from now on, ${MONTHS}.` }),
    expiresAt: t.field({ type: 'DateTime', required: false, description: 'The end of its term.' }),
  }),
});

mutation('issueLicences', {
  description:
    'Issues the licences of one purchase and mails an activation link for each to the address that bought them ' +
    '(LIC-01, LIC-02). For the operator.',
  input: (t) => ({
    purchaseEmail: t.string({ required: true, description: 'The address that bought them; the mails go there.' }),
    language: t.field({
      type: LanguageEnum,
      required: false,
      description: 'Of the mails; that of the buyer’s account, else of the request, where absent.',
    }),
    licences: t.field({
      type: [NewLicence],
      required: true,
      description: `What was bought, 1 to ${LICENCES_PER_PURCHASE}.`,
    }),
  }),
  run: async (ctx, input) => ({ licences: await issueLicences(ctx, input) }),
  payload: (t) => ({
    licences: t.field({
      type: [Licence],
      description: 'The licences, in the order of the input.',
      resolve: ({ licences }) => licences,
    }),
  }),
  refusals: ['InvalidInput'],
});

const LICENCE = { required: true, description: 'The licence.' } as const;

mutation('resendLicenceLink', {
  description:
    'Mails a new activation link to the address that bought the licence; the one before is void. For the operator.',
  input: (t) => ({
    id: t.id(LICENCE),
    language: t.field({
      type: LanguageEnum,
      required: false,
      description: 'Of the mail; that of the buyer’s account, else of the request, where absent.',
    }),
  }),
  run: async (ctx, input) => licenceOf(resendLicenceLink(ctx, { ...input, id: idOf(input.id, 'id', 'Licence') })),
  payload: (t) => ({
    licence: t.field({ type: Licence, description: 'The licence.', resolve: ({ licence }) => licence }),
  }),
  refusals: ['LicenceRefused'],
});

mutation('revokeLicenceLink', {
  description:
    'Voids the activation link of a licence, also for sign-ups that carry it on. For the operator. May be repeated; ' +
    '`resendLicenceLink` makes a new one.',
  input: (t) => ({ id: t.id(LICENCE) }),
  run: async (ctx, input) => licenceOf(revokeLicenceLink(ctx, { ...input, id: idOf(input.id, 'id', 'Licence') })),
  payload: (t) => ({
    licence: t.field({ type: Licence, description: 'The licence.', resolve: ({ licence }) => licence }),
  }),
  refusals: ['LicenceRefused'],
});

mutation('suspendLicence', {
  description:
    'Suspends a licence: it cannot be activated, and no new seat be taken, until it is resumed. For the operator. May ' +
    'be repeated.',
  input: (t) => ({ id: t.id(LICENCE) }),
  run: async (ctx, input) => licenceOf(suspendLicence(ctx, { ...input, id: idOf(input.id, 'id', 'Licence') })),
  payload: (t) => ({
    licence: t.field({ type: Licence, description: 'The licence, suspended.', resolve: ({ licence }) => licence }),
  }),
  refusals: [],
});

mutation('resumeLicence', {
  description: 'Ends the suspension of a licence. For the operator. May be repeated.',
  input: (t) => ({ id: t.id(LICENCE) }),
  run: async (ctx, input) => licenceOf(resumeLicence(ctx, { ...input, id: idOf(input.id, 'id', 'Licence') })),
  payload: (t) => ({
    licence: t.field({ type: Licence, description: 'The licence.', resolve: ({ licence }) => licence }),
  }),
  refusals: [],
});

mutation('renewLicence', {
  description:
    'Sets a new end of a licence’s term; give `months` or `expiresAt`. For the operator. Each call with months adds ' +
    'them again: give an idempotency key.',
  input: (t) => ({
    id: t.id(LICENCE),
    months: t.int({
      required: false,
      description: `Calendar months from the present end on, or from now where that is over, ${MONTHS}.`,
    }),
    expiresAt: t.field({ type: 'DateTime', required: false, description: 'The new end.' }),
  }),
  run: async (ctx, input) => licenceOf(renewLicence(ctx, { ...input, id: idOf(input.id, 'id', 'Licence') })),
  payload: (t) => ({
    licence: t.field({ type: Licence, description: 'The licence.', resolve: ({ licence }) => licence }),
  }),
  refusals: ['InvalidInput'],
});

async function licenceOf(changing: Promise<LicenceRow>): Promise<{ licence: LicenceRow }> {
  return { licence: await changing };
}
