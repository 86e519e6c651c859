import type { LicenceEdition } from '../db/tables/licences.ts';
import { licenceOffer, type LicenceOffer as Offer } from '../domain/licence-offers.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { ServiceEnum } from './roles.ts';

export const LicenceEditionEnum = describedEnum<LicenceEdition>('LicenceEdition', 'For whom a licence is (LIC-13).', {
  BUSINESS: 'For one holder, who may put its service on devices whatever their roles (PER-09).',
  PREMIUM: 'For the company.',
  CORPORATE: 'For the company.',
});

export const LicenceOffer = builder.objectRef<Offer>('LicenceOffer').implement({
  description: 'A licence that waits for the step “Activate”: what the page behind an activation link shows.',
  fields: (t) => ({
    licenceId: t.id({
      description: 'The licence. `activateLicence` takes it where one’s own sign-up carried it on.',
      resolve: ({ licence }) => licence.id,
    }),
    product: t.field({
      type: ServiceEnum,
      description: 'The service that it is for.',
      resolve: ({ licence }) => licence.product,
    }),
    edition: t.field({
      type: LicenceEditionEnum,
      description: 'For whom it is.',
      resolve: ({ licence }) => licence.edition,
    }),
    seats: t.int({ description: 'How many endpoints it covers.', resolve: ({ licence }) => licence.seats }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'The end of its term.',
      resolve: ({ licence }) => licence.expiresAt,
    }),
    activatedByViewer: t.exposeBoolean('activatedByViewer', {
      description: 'Whether one has activated it already: there is nothing left to do.',
    }),
    needsCompany: t.exposeBoolean('needsCompany', {
      description: 'Whether one is signed in and in no company: `activateLicence` then takes `newCompany`.',
    }),
    accountLooksPersonal: t.exposeBoolean('accountLooksPersonal', {
      description:
        'Whether the account that is signed in looks like a person’s own: then recommend a generic one for managing ' +
        'the services. A hint, never enforced (LIC-03).',
    }),
  }),
});

builder.queryField('licenceOffer', (t) =>
  t.field({
    type: LicenceOffer,
    nullable: true,
    description:
      'What an activation link offers; for everybody but devices and the operator. Null alike for links that never ' +
      'were, were replaced or used by somebody else, have expired, and for licences that cannot be activated.',
    args: {
      token: t.arg.string({ required: true, description: 'The `token` of the mailed link, `bkn_lnk_…`.' }),
    },
    resolve: (_root, { token }, ctx) => licenceOffer(ctx, token),
  }),
);
