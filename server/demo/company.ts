import { solveCaptcha } from '../../client/api/captcha.ts';
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
import { acceptMemberInvitation, inviteMember } from '../domain/member-invitations.ts';
import type { AccountPrincipal, Principal } from '../domain/principal.ts';
import { TOKEN_SCOPES } from '../domain/principal.ts';
import { principalOfCookie, signIn } from '../domain/sign-in.ts';
import { signUp, verifyEmail } from '../domain/sign-up.ts';

/** The password of everyone in the demo. */
export const DEMO_PASSWORD = 'quiet river lantern';

export const DEMO_NAMESPACE = 'demo';

interface Person {
  readonly name: string;
  readonly email: string;
  readonly language: 'en' | 'fr';
}

export const ADA: Person = { name: 'Ada Moreau', email: 'ada@demo.example', language: 'en' };
export const BENOIT: Person = { name: 'Benoît Okafor', email: 'benoit@demo.example', language: 'fr' };

export interface DemoCompany {
  readonly ada: Context;
  /** Enrols devices that Ada is signed in on. */
  readonly code: string;
  /** Enrols the visitor's own machines. */
  readonly visitorCode: string;
  /** An API token of Ada's with every scope, for GraphiQL. */
  readonly token: string;
}

/** Loads the example company as people would make it: they sign up with a captcha, open the link in the mail, and so on. */
export async function loadCompany(services: Services): Promise<DemoCompany> {
  const ada = await join(services, ADA);
  await createCompany(ada, { name: 'Demo & Sons', namespace: DEMO_NAMESPACE });
  await activateLicences(services, ada);
  await inviteMember(ada, { email: BENOIT.email, role: 'USER' });
  const invitation = await tokenIn(services, BENOIT.email);
  const benoit = await join(services, BENOIT);
  await acceptMemberInvitation(benoit, { token: invitation });
  const { code } = await createEnrolmentCode(ada, {
    label: 'Simulated devices',
    maxUses: 10,
    assignToId: accountOf(ada).accountId,
  });
  const visitor = await createEnrolmentCode(ada, { label: 'For you who look at the demo', maxUses: 100 });
  const { secret: token } = await createApiToken(ada, { name: 'Demo, for GraphiQL', scopes: TOKEN_SCOPES });
  return { ada, code, visitorCode: visitor.code, token };
}

/** Ada buys Monitoring and Backup, and activates each by the link in its mail. */
async function activateLicences(services: Services, ada: Context): Promise<void> {
  await issueLicences(contextFor(services, { kind: 'operator' }, ADA.language), {
    purchaseEmail: ADA.email,
    licences: [
      { product: 'MONITORING', edition: 'CORPORATE', seats: 10, months: 12 },
      { product: 'BACKUP', edition: 'BUSINESS', seats: 5, months: 12 },
    ],
  });
  for (const { recipient, body } of await recentMails(services.db.read, 20)) {
    const token = recipient === ADA.email ? /\/activate\?token=([\w-]+)/.exec(body)?.[1] : undefined;
    if (token) await activateLicence(ada, { token });
  }
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
  const { secret } = await signIn(visitor, { email, password: DEMO_PASSWORD });
  const principal = await principalOfCookie(services, secret);
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
