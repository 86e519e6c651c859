import { and, eq, lte } from 'drizzle-orm';
import type { Account } from '../db/tables/accounts.ts';
import { knownBrowsers } from '../db/tables/auth-sessions.ts';
import { networkOf } from '../lib/network.ts';
import { hashSecret } from '../lib/secrets.ts';
import type { Change } from './change.ts';
import type { Context } from './context.ts';
import { pageUrl } from './links.ts';
import { queueMail } from './mail-outbox.ts';
import { render, type Template } from './mail-templates.ts';
import { DAY_MS } from './rate-limits.ts';

/** A browser that signed nobody in for so long is new when it comes back. */
const KNOWN_FOR_MS = 180 * DAY_MS;

/** Letters of a user agent that a mail shows: enough to recognise a browser by, too few to write somebody a letter. */
const SHOWN_LENGTH = 120;

/**
 * Takes note of the browser and network that the account is signed in from, and tells its owner by mail where it was not
 * signed in from there before. Of the first that is known of the account nobody is told: there was none to differ from.
 */
export async function noteBrowser(ctx: Context, tx: Change, account: Account): Promise<void> {
  const { address, userAgent } = ctx.request;
  const own = eq(knownBrowsers.accountId, account.id);
  const hash = hashSecret(`${userAgent}\n${networkOf(address ?? '')}`);
  const seen = await tx.q
    .update(knownBrowsers)
    .set({ signedInAt: tx.now })
    .where(and(own, eq(knownBrowsers.hash, hash)))
    .returning({ hash: knownBrowsers.hash });
  if (seen.length > 0) return;
  const [other] = await tx.q.select({ hash: knownBrowsers.hash }).from(knownBrowsers).where(own).limit(1);
  const added = await tx.q
    .insert(knownBrowsers)
    .values({ accountId: account.id, hash, signedInAt: tx.now })
    .onConflictDoNothing()
    .returning({ hash: knownBrowsers.hash });
  if (!other || added.length === 0) return;
  const text = render(NEW_SIGN_IN, account.language, {
    name: account.name,
    at: `${new Date(tx.now).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    address: address ?? '–',
    browser: userAgent.replace(/\p{Cc}/gu, ' ').slice(0, SHOWN_LENGTH) || '–',
    forgottenLink: pageUrl(ctx.config, 'forgot-password'),
  });
  await queueMail(tx, { recipient: account.email, ...text });
}

/** Deletes what nobody was signed in from for long. May be repeated. */
export async function forgetBrowsers(ctx: Context): Promise<void> {
  await ctx.db.write(async ({ q }) => {
    await q.delete(knownBrowsers).where(lte(knownBrowsers.signedInAt, ctx.clock.now() - KNOWN_FOR_MS));
  });
}

const NEW_SIGN_IN: Template<{ name: string; at: string; address: string; browser: string; forgottenLink: string }> = {
  en: ({ name, at, address, browser, forgottenLink }) => ({
    subject: 'A sign-in from a new browser or place',
    body: `Hello ${name},

your Beckon account was signed in to from where it was not before:

When:             ${at}
Network address:  ${address}
Browser:          ${browser}

If it was you, there is nothing to do. If it was not, choose a new password at once; that ends every sign-in:

${forgottenLink}`,
  }),
  fr: ({ name, at, address, browser, forgottenLink }) => ({
    subject: 'Une connexion depuis un nouveau navigateur ou un nouveau lieu',
    body: `Bonjour ${name},

quelqu’un s’est connecté à votre compte Beckon d’une façon encore inconnue :

Quand :           ${at}
Adresse réseau :  ${address}
Navigateur :      ${browser}

Si c’était vous, vous n’avez rien à faire. Sinon, choisissez aussitôt un nouveau mot de passe ; toutes les connexions prendront alors fin :

${forgottenLink}`,
  }),
};
