import type { Services } from '../domain/context.ts';
import { OUTBOX_PATH, recentMails } from '../domain/mail-outbox.ts';
import type { Pages } from './http.ts';

/** Mails that the page shows, newest first. */
const SHOWN = 100;

/**
 * The outbox at /dev/mails, so that links in mails can be followed where no SMTP server is set up. Development and
 * test mode only: app.ts never hands it out in production.
 */
export function mailPages({ db }: Pick<Services, 'db'>): Pages {
  return async (_req, res, pathname) => {
    if (pathname !== OUTBOX_PATH) return false;
    const mails = await recentMails(db.read, SHOWN);
    const articles = mails.map(
      (mail) => `<article><h2>${escapeHtml(mail.subject)}</h2>
<p><b>To</b> ${escapeHtml(mail.recipient)} · ${new Date(mail.createdAt).toISOString()} · ${mail.sentAt ? 'sent' : 'in the outbox'}</p>
<pre>${withLinks(escapeHtml(mail.body))}</pre></article>`,
    );
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
    });
    res.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Mails · Beckon (development)</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
  article { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .75rem; padding: 0 1.25rem; margin: 1rem 0 }
  h2 { font-size: 1.1rem } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit }
</style>
<h1>Mails</h1>
<p>Development mode: mails are kept here and, without SMTP_URL, sent nowhere. Newest first.</p>
${articles.join('\n') || '<p>No mail was written yet.</p>'}</html>`);
    return true;
  };
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function withLinks(html: string): string {
  return html.replace(/https?:\/\/[^\s<]+/g, (link) => `<a href="${link}">${link}</a>`);
}
