import { solveCaptcha } from '../../client/api/captcha.ts';
import type { Grant } from '../db/tables/roles.ts';
import { createApiToken } from '../domain/api-tokens.ts';
import { createCaptcha } from '../domain/captcha.ts';
import { createCompany } from '../domain/companies.ts';
import type { Services } from '../domain/context.ts';
import { type Context, systemContext } from '../domain/context.ts';
import { createEnrolmentCode } from '../domain/enrolment-codes.ts';
import { EULA_VERSION } from '../domain/eula.ts';
import { activateLicence } from '../domain/licence-activation.ts';
import { issueLicences } from '../domain/licence-issuing.ts';
import { recentMails } from '../domain/mail-outbox.ts';
import { acceptMemberInvitation, type InviteMemberInput, inviteMember } from '../domain/member-invitations.ts';
import type { AccountPrincipal, Principal } from '../domain/principal.ts';
import { TOKEN_SCOPES } from '../domain/principal.ts';
import { createRole } from '../domain/role-changes.ts';
import { principalOfCookie, signIn } from '../domain/sign-in.ts';
import { signUp, verifyEmail } from '../domain/sign-up.ts';

import type { MovingClock } from './moving-clock.ts';
import { playPast } from './past.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** The password of everyone in the demo. */
export const DEMO_PASSWORD = 'quiet river lantern';

export const DEMO_NAMESPACE = 'demo';

interface Person {
  readonly name: string;
  readonly email: string;
  readonly language: 'en' | 'fr';
}

export const ADA: Person = { name: 'Ada Moreau', email: 'ada@demo.example', language: 'en' };
export const CHLOE: Person = { name: 'Chloé Lindqvist', email: 'chloe@demo.example', language: 'fr' };
export const BENOIT: Person = { name: 'Benoît Okafor', email: 'benoit@demo.example', language: 'fr' };

export interface DemoCompany {
  /** Enrols devices that Ada is signed in on. */
  readonly code: string;
  /** Enrols the visitor's own machines. */
  readonly visitorCode: string;
  /** An API token of Ada's with every scope, for GraphiQL. */
  readonly token: string;
}

/**
 * Loads the example company as people would make it, and plays its month up to today: they sign up with a captcha, open the
 * link in the mail, and so on. No server runs meanwhile, because its jobs go by the present.
 */
export async function loadCompany(services: Services, clock: MovingClock): Promise<DemoCompany> {
  const ada = await join(services, ADA);
  await createCompany(ada, { name: 'Demo & Sons', namespace: DEMO_NAMESPACE });
  await activateLicences(services, ada);
  clock.advance(HOUR_MS);
  const helpdesk = await createRole(ada, { name: 'Helpdesk', grants: HELPDESK });
  await invite(services, clock, ada, BENOIT, { role: 'USER' });
  const chloe = await invite(services, clock, ada, CHLOE, { roleIds: [helpdesk.id] });
  const adaId = accountOf(ada).accountId;
  const { code } = await createEnrolmentCode(ada, { label: 'Shop and office', maxUses: 20 });
  await playPast({ ada, adaId, helper: chloe, code }, clock, contextFor(services, { kind: 'anonymous' }, ADA.language));
  clock.advance(clock.end);
  await inviteMember(ada, { email: 'dov@demo.example', role: 'USER' });
  const agents = await createEnrolmentCode(ada, { label: 'Simulated devices', maxUses: 10, assignToId: adaId });
  const visitor = await createEnrolmentCode(ada, { label: 'For you who look at the demo', maxUses: 100 });
  const { secret: token } = await createApiToken(ada, { name: 'Demo, for GraphiQL', scopes: TOKEN_SCOPES });
  return { code: agents.code, visitorCode: visitor.code, token };
}

/** What the helpdesk may do: see to alerts, and send Monitoring's policies. */
const HELPDESK: readonly Grant[] = [
  { service: 'MONITORING', permission: 'HANDLE_ALL_ALERTS' },
  { service: 'MONITORING', permission: 'ASSIGN_POLICIES' },
  { service: 'ENDPOINT_PROTECTION', permission: 'HANDLE_ALL_ALERTS' },
  { service: 'PATCH_MANAGEMENT', permission: 'HANDLE_ALL_ALERTS' },
];

/** All services but Web monitoring, which shows how one looks that was not bought. Activated by the links in the mails. */
async function activateLicences(services: Services, ada: Context): Promise<void> {
  await issueLicences(contextFor(services, { kind: 'operator' }, ADA.language), {
    purchaseEmail: ADA.email,
    licences: [
      { product: 'MONITORING', edition: 'CORPORATE', seats: 25, months: 12 },
      { product: 'ASSET_MANAGEMENT', edition: 'CORPORATE', seats: 25, months: 12 },
      { product: 'PATCH_MANAGEMENT', edition: 'PREMIUM', seats: 10, months: 12 },
      { product: 'ENDPOINT_PROTECTION', edition: 'PREMIUM', seats: 10, months: 2 },
      { product: 'BACKUP', edition: 'BUSINESS', seats: 5, months: 12 },
    ],
  });
  for (const { recipient, body } of await recentMails(services.db.read, 20)) {
    const token = recipient === ADA.email ? /\/activate\?token=([\w-]+)/.exec(body)?.[1] : undefined;
    if (token) await activateLicence(ada, { token });
  }
}

/** Invites a colleague, who signs up and follows the link. */
async function invite(
  services: Services,
  clock: MovingClock,
  ada: Context,
  person: Person,
  roles: Pick<InviteMemberInput, 'role' | 'roleIds'>,
): Promise<Context> {
  await inviteMember(ada, { email: person.email, ...roles });
  const token = await tokenIn(services, person.email);
  // So that the mail about the new account is newer than the invitation.
  clock.advance(5 * MINUTE_MS);
  const colleague = await join(services, person);
  await acceptMemberInvitation(colleague, { token });
  return colleague;
}

/** Signs a person up, verifies the address by the mailed link, and signs them in. */
async function join(services: Services, { name, email, language }: Person): Promise<Context> {
  const visitor = contextFor(services, { kind: 'anonymous' }, language);
  const { challenge } = await createCaptcha(visitor);
  await signUp(visitor, {
    name,
    email,
    language,
    password: DEMO_PASSWORD,
    acceptEula: true,
    eulaVersion: EULA_VERSION,
    captcha: await solveCaptcha(challenge),
  });
  await verifyEmail(visitor, { token: await tokenIn(services, email) });
  return signInAs(services, { name, email, language });
}

/** Signs in one of the demo's people. */
export async function signInAs(services: Services, { email, language }: Person): Promise<Context> {
  const visitor = contextFor(services, { kind: 'anonymous' }, language);
  const signedIn = await signIn(visitor, { email, password: DEMO_PASSWORD });
  const principal = 'secret' in signedIn ? await principalOfCookie(services, signedIn.secret) : null;
  if (!principal) throw new Error(`${email} could not sign in`);
  return contextFor(services, principal, language);
}

function contextFor(services: Services, principal: Principal, language: 'en' | 'fr'): Context {
  const context = systemContext(services);
  return { ...context, principal, request: { ...context.request, id: 'demo', userAgent: 'demo', language } };
}

function accountOf(ctx: Context): AccountPrincipal {
  if (ctx.principal.kind !== 'account') throw new Error('nobody is signed in');
  return ctx.principal;
}

/** The secret in the newest mail to an address, as its reader would follow the link. */
async function tokenIn({ db }: Services, email: string): Promise<string> {
  const mail = (await recentMails(db.read, 20)).find(({ recipient }) => recipient === email);
  const token = /[?#&]token=([\w-]+)/.exec(mail?.body ?? '')?.[1];
  if (!token) throw new Error(`no link was mailed to ${email}`);
  return token;
}
