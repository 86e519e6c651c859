import type { Mail } from '../db/tables/mails.ts';
import type { Services } from '../domain/context.ts';
import { OUTBOX_PATH, recentMails } from '../domain/mail-outbox.ts';
import type { Pages } from './http.ts';

/** Mails that the page shows, newest first. */
const SHOWN = 100;

/** How often the page reads itself again, in seconds, until somebody has it stand still. */
const REFRESH_S = 5;

/**
 * The outbox at /dev/mails, so that links in mails can be followed where no SMTP server is set up. Development and
 * test mode only: app.ts never hands it out in production. `to` shows one recipient's, `still` keeps it from refreshing.
 */
export function mailPages({ db }: Pick<Services, 'db'>): Pages {
  return async (req, res, pathname) => {
    if (pathname !== OUTBOX_PATH) return false;
    const { searchParams } = new URL(`http://host${req.url ?? '/'}`);
    const view = { to: searchParams.get('to'), still: searchParams.has('still') };
    const mails = (await recentMails(db.read, SHOWN)).filter(({ recipient }) => !view.to || recipient === view.to);
    res.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
    });
    res.end(page(mails, view));
    return true;
  };
}

interface View {
  /** Only mails to this address; all where null. */
  readonly to: string | null;
  readonly still: boolean;
}

/** Where the page shows this. */
function addressOf({ to, still }: View): string {
  const parameters = new URLSearchParams({ ...(to && { to }), ...(still && { still: '' }) });
  return escapeHtml(parameters.size > 0 ? `${OUTBOX_PATH}?${parameters}` : OUTBOX_PATH);
}

function page(mails: readonly Mail[], view: View): string {
  const { to, still } = view;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
${still ? '' : `<meta http-equiv="refresh" content="${REFRESH_S}">`}
<title>${mails.length > 0 ? `(${mails.length}) ` : ''}Mails · Beckon (development)</title>
<style>${STYLE}</style></head>
<body><header><h1>Mails</h1>
<p>Development mode: every mail can be read here and, without SMTP_URL, leaves for nowhere. Newest first.</p>
<nav>${
    still
      ? `<a href="${addressOf({ to, still: false })}">Refresh by itself again</a>`
      : `Looks for new ones every ${REFRESH_S} s. <a href="${addressOf({ to, still: true })}">Have it stand still</a>`
  }${to ? ` · Only to ${escapeHtml(to)}. <a href="${addressOf({ to: null, still })}">Show all</a>` : ''}
 · <a href="/">To the dashboard</a></nav></header>
<main>${mails.map((mail) => article(mail, view)).join('\n') || '<p class="none">No mail was written yet.</p>'}</main></body></html>`;
}

function article(mail: Mail, { still }: View): string {
  const recipient = escapeHtml(mail.recipient);
  const at = new Date(mail.createdAt).toISOString();
  return `<article><h2>${escapeHtml(mail.subject)}</h2>
<p>To <a href="${addressOf({ to: mail.recipient, still })}">${recipient}</a> · <time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>
 · <span class="state">${mail.sentAt ? 'sent' : 'in the outbox'}</span></p>
<pre>${withLinks(escapeHtml(mail.body))}</pre></article>`;
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.55 system-ui, sans-serif; --line: light-dark(#dee2e6, #424242); --link: light-dark(#3557c9, #8ca3f3) }
  body { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem; background: light-dark(#f8f9fa, #1f1f1f); color: light-dark(#212529, #e3e3e3) }
  h1 { margin: 0; font-size: 1.6rem } header p { margin: .25rem 0 } nav { font-size: .9rem }
  a { color: var(--link) }
  article { background: light-dark(#fff, #2a2a2a); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 1rem 0 }
  h2 { margin: 0; font-size: 1.1rem } article p { margin: .25rem 0 1rem; font-size: .9rem; overflow-wrap: anywhere }
  time, .state { color: light-dark(#5b6269, #b0b0b0) }
  pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-top: 1px solid var(--line); padding-top: 1rem }
  pre a { font-weight: 600 } .none { padding: 3rem 1rem; text-align: center }`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function withLinks(html: string): string {
  return html.replace(/https?:\/\/[^\s<]+/g, (link) => `<a href="${link}">${link}</a>`);
}
