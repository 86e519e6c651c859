import type { Account as AccountRow } from '../db/tables/accounts.ts';
import { getAccount, updateAccount } from '../domain/accounts.ts';
import { listApiTokens } from '../domain/api-tokens.ts';
import { getOwnCompany } from '../domain/companies.ts';
import { currentEula, type Eula as EulaText } from '../domain/eula.ts';
import { streamOf } from '../domain/event-log.ts';
import { currentCursor } from '../domain/event-stream.ts';
import { strangersOffer } from '../domain/licence-offers.ts';
import { requestPasswordReset, resetPassword } from '../domain/password-changes.ts';
import { getSecondFactor } from '../domain/second-factor.ts';
import { listAuthSessions } from '../domain/sign-in.ts';
import { requestVerification, signUp, verifyEmail } from '../domain/sign-up.ts';
import { ApiToken } from './api-tokens.ts';
import { AuthSession, publicAuthSession } from './auth-sessions.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { LanguageEnum } from './enums.ts';
import { LicenceOffer } from './licence-offers.ts';
import { Member } from './members.ts';
import { mutation } from './mutation.ts';
import { Node, readableById } from './node.ts';
import { SecondFactor } from './second-factor.ts';

export const Account = builder.objectRef<AccountRow>('Account').implement({
  description: 'A person’s account. Visible to its owner only; colleagues see its `Member`.',
  interfaces: [Node],
  fields: (t) => ({
    email: t.exposeString('email', { description: 'The e-mail address, which it is signed in with.' }),
    name: t.exposeString('name', { description: 'The person’s name, as colleagues and invited people see it.' }),
    language: t.expose('language', { type: LanguageEnum, description: 'The language of its mails.' }),
    verified: t.boolean({
      description: 'Whether the link in the verification mail was opened. Until then it can see and mend only itself.',
      resolve: ({ verifiedAt }) => verifiedAt !== null,
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was signed up.' }),
    eulaVersion: t.exposeString('eulaVersion', {
      description: 'The version of the licence agreement that was accepted.',
    }),
    eulaAcceptedAt: t.expose('eulaAcceptedAt', { type: 'DateTime', description: 'When it was accepted.' }),
    authSessions: t.field({
      type: [AuthSession],
      description: 'Its sign-ins that are still good, newest first.',
      resolve: async (_account, _args, ctx) => (await listAuthSessions(ctx)).map(publicAuthSession),
    }),
    secondFactor: t.field({
      type: SecondFactor,
      description: 'How it stands to a second factor.',
      resolve: (_account, _args, ctx) => getSecondFactor(ctx),
    }),
    apiTokens: t.field({
      type: [ApiToken],
      description: 'Its personal API tokens, newest first; the expired among them, the revoked not. At most a few.',
      resolve: (_account, _args, ctx) => listApiTokens(ctx),
    }),
    company: t.field({
      type: Company,
      nullable: true,
      description: 'The company that it belongs to; null where there is none.',
      resolve: async (_account, _args, ctx) => (await getOwnCompany(ctx))?.company ?? null,
    }),
    member: t.field({
      type: Member,
      nullable: true,
      description: 'Its place in that company, with its role; null where there is none.',
      resolve: async (_account, _args, ctx) => (await getOwnCompany(ctx))?.member ?? null,
    }),
    eventCursor: t.field({
      type: 'Cursor',
      description: 'Where its stream stands: subscribe `accountEvents(after:)` from here to miss nothing.',
      resolve: ({ id }, _args, ctx) => currentCursor(ctx, streamOf.account(id)),
    }),
  }),
});

readableById('Account', getAccount);

const Eula = builder.objectRef<EulaText>('Eula').implement({
  description: 'The end-user licence agreement, which has to be accepted to sign up.',
  fields: (t) => ({
    version: t.exposeString('version', {
      description: 'The version in force, to hand to `signUp` with the acceptance.',
    }),
    language: t.expose('language', { type: LanguageEnum, description: 'The language of the text.' }),
    text: t.exposeString('text', { description: 'The whole text, plain.' }),
  }),
});

builder.queryField('eula', (t) =>
  t.field({
    type: Eula,
    description: 'The licence agreement in force; for everybody.',
    args: {
      language: t.arg({
        type: LanguageEnum,
        required: false,
        description: 'The language to read it in; that of the request where absent.',
      }),
    },
    resolve: (_root, { language }, ctx) => currentEula(language ?? ctx.request.language),
  }),
);

const EMAIL_SENT_TO = 'Where a mail was sent, if there is anything to send: the answer is the same either way.';

mutation('signUp', {
  description:
    'Creates an account, unverified until the link in the mail is opened (LIC-05 … LIC-08). For an address that has an ' +
    'account the answer is the same, nothing changes, and a mail tells its owner. Nobody is signed in by it.',
  input: (t) => ({
    email: t.string({ required: true, description: 'The e-mail address to sign in with.' }),
    name: t.string({ required: true, description: 'The person’s name, 1 to 100 characters.' }),
    password: t.string({ required: true, description: '12 to 128 characters of any kind, not a common one.' }),
    acceptEula: t.boolean({ required: true, description: 'That the licence agreement is accepted: must be true.' }),
    eulaVersion: t.string({ required: true, description: 'The version that was read, from `eula`; the one in force.' }),
    captcha: t.string({ required: true, description: 'The solution of a `captcha`; each is accepted once.' }),
    language: t.field({
      type: LanguageEnum,
      required: false,
      description: 'The language of its mails; that of the request where absent.',
    }),
    activationToken: t.string({
      required: false,
      description:
        'The `token` of an activation mail that led here: the verification link carries the activation on (LIC-09).',
    }),
  }),
  run: (ctx, input) => signUp(ctx, input),
  payload: (t) => ({ email: t.exposeString('email', { description: 'Where the mail was sent.' }) }),
  refusals: ['InvalidInput', 'CaptchaRefused', 'LinkRefused'],
});

mutation('requestVerification', {
  description:
    'Mails a new verification link, which voids the one before: the way on from an expired one (LIC-09). For everybody; ' +
    'at most 3 in five minutes and 10 a day for an address.',
  input: (t) => ({ email: t.string({ required: true, description: 'The address that was signed up with.' }) }),
  run: (ctx, input) => requestVerification(ctx, input),
  payload: (t) => ({ email: t.exposeString('email', { description: EMAIL_SENT_TO }) }),
  refusals: ['InvalidInput'],
});

mutation('verifyEmail', {
  description:
    'Opens a verification link: the account is verified (LIC-08). Opening it again is harmless. Where it is refused, ' +
    '`requestVerification` mails a new one.',
  input: (t) => ({ token: t.string({ required: true, description: 'The `token` of the mailed link, `bkn_lnk_…`.' }) }),
  run: (ctx, input) => verifyEmail(ctx, input),
  payload: (t) => ({
    email: t.exposeString('email', { description: 'The address that is verified.' }),
    alreadyVerified: t.exposeBoolean('alreadyVerified', { description: 'Whether it was so before.' }),
    licenceOffer: t.field({
      type: LicenceOffer,
      nullable: true,
      description:
        'The licence whose activation led to the sign-up: sign in and confirm it by `activateLicence`. Null where there ' +
        'is none that waits.',
      resolve: ({ licence }) => licence && strangersOffer(licence),
    }),
  }),
  refusals: ['LinkRefused'],
});

mutation('requestPasswordReset', {
  description:
    'Mails a link to choose a new password, good for an hour and once; it voids the one before. For everybody; at most 3 ' +
    'in five minutes and 10 a day for an address.',
  input: (t) => ({ email: t.string({ required: true, description: 'The account’s e-mail address.' }) }),
  run: (ctx, input) => requestPasswordReset(ctx, input),
  payload: (t) => ({ email: t.exposeString('email', { description: EMAIL_SENT_TO }) }),
  refusals: ['InvalidInput'],
});

mutation('resetPassword', {
  description:
    'Sets a new password by a mailed link. All sign-ins of the account end at once; nobody is signed in by it. API ' +
    'tokens stay: revoke those that you do not trust.',
  input: (t) => ({
    token: t.string({ required: true, description: 'The `token` of the mailed link, `bkn_lnk_…`.' }),
    password: t.string({ required: true, description: '12 to 128 characters of any kind, not a common one.' }),
  }),
  run: (ctx, input) => resetPassword(ctx, input),
  payload: (t) => ({ email: t.exposeString('email', { description: 'The address to sign in with now.' }) }),
  refusals: ['LinkRefused', 'InvalidInput'],
});

mutation('updateAccount', {
  description: 'Changes one’s own name and language.',
  input: (t) => ({
    name: t.string({ required: false, description: 'The new name, 1 to 100 characters; absent: it stays.' }),
    language: t.field({ type: LanguageEnum, required: false, description: 'The new language; absent: it stays.' }),
  }),
  run: async (ctx, input) => ({ account: await updateAccount(ctx, input) }),
  payload: (t) => ({
    account: t.field({ type: Account, description: 'The account.', resolve: ({ account }) => account }),
  }),
  refusals: ['InvalidInput'],
});
