import type { EmailInvitation as EmailInvitationRow } from '../db/tables/invitations.ts';
import {
  emailInvitationText,
  getEmailInvitation,
  mailtoLink,
  prepareEmailInvitation,
  sendEmailInvitation,
} from '../domain/email-invitations.ts';
import { builder } from './builder.ts';
import { InvitationOriginEnum, LanguageEnum } from './enums.ts';
import { Invitation } from './invitations.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, optionalIdOf, readableById } from './node.ts';

export const EmailInvitation = builder.objectRef<EmailInvitationRow>('EmailInvitation').implement({
  description:
    'A mail that invites somebody to one’s own device, made for the person’s own mail program (INV-06, INV-07). Who ' +
    'receives it asks to be let in with `requestSession`. Visible to the inviting side only.',
  interfaces: [Node, Invitation],
  fields: (t) => ({
    language: t.expose('language', { type: LanguageEnum, description: 'The language of the mail.' }),
    address: t.exposeString('addressShown', {
      description: 'What the mail names the device by: the alias that it had, or its ID in groups of three.',
    }),
    subject: t.string({
      description: 'The mail’s subject.',
      resolve: (row, _args, ctx) => emailInvitationText(ctx.config, row).subject,
    }),
    body: t.string({
      description: 'The mail’s text: plain, with the address and a link to the product’s web address.',
      resolve: (row, _args, ctx) => emailInvitationText(ctx.config, row).body,
    }),
    mailto: t.string({
      description: 'The same as a link that opens the person’s mail program, addressed to nobody yet.',
      resolve: (row, _args, ctx) => mailtoLink(emailInvitationText(ctx.config, row), null),
    }),
  }),
});

readableById('EmailInvitation', getEmailInvitation);

mutation('prepareEmailInvitation', {
  description:
    'Makes an invitation for the person’s own mail program: subject, text, and a ready `mailto:` link, in French or ' +
    'English (INV-06, INV-07). Nothing is sent. Works for every version of the client (INV-05).',
  input: (t) => ({
    deviceId: t.id({
      required: false,
      description:
        'The device that invites. Absent: the device that calls. A person names one that they are signed in on.',
    }),
    origin: t.field({ type: InvitationOriginEnum, required: true, description: 'Where in the client it was started.' }),
    language: t.field({
      type: LanguageEnum,
      required: false,
      description: 'The language of the mail; that of the request where absent.',
    }),
    recipient: t.string({
      required: false,
      description: 'The e-mail address that `mailto` is to be addressed to; nobody’s where absent. It is not stored.',
    }),
  }),
  run: (ctx, input) =>
    prepareEmailInvitation(ctx, { ...input, deviceId: optionalIdOf(input.deviceId, 'deviceId', 'Device') }),
  payload: (t) => ({
    invitation: t.field({
      type: EmailInvitation,
      description: 'The invitation, recorded with where it was started.',
      resolve: ({ invitation }) => invitation,
    }),
    mailto: t.exposeString('mailto', { description: 'The ready link, addressed to `recipient` where one was named.' }),
  }),
  refusals: ['ClientNotSupported', 'InvalidInput'],
});

mutation('sendEmailInvitation', {
  description:
    'Sends a prepared invitation through the server’s own mailer: a second, explicit choice (INV-07). One call for ' +
    'each recipient; how many an hour is limited.',
  input: (t) => ({
    id: t.id({ required: true, description: 'The e-mail invitation.' }),
    to: t.string({ required: true, description: 'The recipient’s e-mail address.' }),
  }),
  run: async (ctx, input) => ({
    invitation: await sendEmailInvitation(ctx, { ...input, id: idOf(input.id, 'id', 'EmailInvitation') }),
  }),
  payload: (t) => ({
    invitation: t.field({
      type: EmailInvitation,
      description: 'The invitation; its mail is in the outbox and leaves at once, with retries.',
      resolve: ({ invitation }) => invitation,
    }),
  }),
  refusals: ['InvalidInput'],
});
