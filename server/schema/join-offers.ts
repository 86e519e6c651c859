import { joinOffer, listJoinOffers, type JoinOffer as Offer } from '../domain/join-offers.ts';
import { memberInvitationStatusAt } from '../domain/member-invitations.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { MemberInvitationStatusEnum } from './member-invitations.ts';

const JoinOffer = builder.objectRef<Offer>('JoinOffer').implement({
  description: 'A company that invited a colleague: what the page behind the mailed link shows.',
  fields: (t) => ({
    invitationId: t.id({
      description: 'The invitation. `acceptMemberInvitation` takes it of the account with the address.',
      resolve: ({ invitation }) => invitation.id,
    }),
    companyName: t.exposeString('companyName', { description: 'What the company is called.' }),
    invitedByName: t.exposeString('invitedByName', { description: 'The name of who sent the invitation.' }),
    email: t.string({
      description: 'The address that it was sent to, and the only one that may accept.',
      resolve: ({ invitation }) => invitation.email,
    }),
    status: t.field({
      type: MemberInvitationStatusEnum,
      description: 'Where it stands at this moment.',
      resolve: ({ invitation }, _args, ctx) => memberInvitationStatusAt(invitation, ctx.clock.now()),
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'It can be accepted before this instant.',
      resolve: ({ invitation }) => invitation.expiresAt,
    }),
    isForViewer: t.exposeBoolean('isForViewer', {
      description: 'Whether one is signed in with that very address; false for everybody else.',
    }),
  }),
});

builder.queryField('joinOffer', (t) =>
  t.field({
    type: JoinOffer,
    nullable: true,
    description:
      'What the link in the invitation of a colleague offers; for everybody but devices and the operator. Null for ' +
      'links that never were.',
    args: {
      token: t.arg.string({ required: true, description: 'The `token` of the mailed link, `bkn_lnk_…`.' }),
    },
    resolve: (_root, { token }, ctx) => joinOffer(ctx, token),
  }),
);

builder.objectField(Account, 'joinOffers', (t) =>
  t.field({
    type: [JoinOffer],
    description:
      'Companies that invited its address and can be joined by `acceptMemberInvitation`, the newest invitation first. ' +
      'For the verified account.',
    resolve: (_account, _args, ctx) => listJoinOffers(ctx),
  }),
);
