import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import SqliteDatabase from 'better-sqlite3';
import pg from 'pg';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { solveCaptcha } from '../client/api/captcha.ts';
import { SQLITE_FILE } from './db/sqlite.ts';
import { SECRET_PREFIXES } from './lib/secrets.ts';
import { totpCode, totpStepAt } from './lib/totp.ts';
import { BUILT_SERVER } from './testing/built-server.ts';
import { freshDatabase } from './testing/database.ts';
import { receiver } from './testing/receivers.ts';
import { closeAfterTest } from './testing/resources.ts';

/**
 * What a real process writes at its most talkative, while every kind of secret is used, rightly and wrongly, and while
 * everything around it fails: no secret may stand in it.
 */

const EMAIL = 'ana@example.test';
const SMTP_PASSWORD = 'smtp-password-of-this-test';
const METRICS_TOKEN = 'metrics-token-of-this-test';
const PASSWORDS = ['seven violet tractors hum', 'eight crimson ladders sing'] as const;
const WRONG_PASSWORD = 'not the password of anybody';

interface MailServer {
  readonly url: string;
  /** The token in the next mail to this address. */
  tokenTo(recipient: string): Promise<string>;
  /** From now on each mail is refused, with its own text in the answer; resolves with the token of the first. */
  refuse(): Promise<string>;
}

/** A mail server with a password, and with the habit of some spam filters to repeat what they do not like. */
async function mailServer(): Promise<MailServer> {
  const tokens = new Map<string, string>();
  const waiting = new Map<string, (token: string) => void>();
  let refused: ((token: string) => void) | null = null;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, callback) =>
      callback(password === SMTP_PASSWORD ? null : new Error('wrong'), { user: username }),
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const { text = '' } = await PostalMime.parse(Buffer.concat(chunks));
        const [link = '', token = ''] = /https?:\S+\?token=(\S+)/.exec(text) ?? [];
        if (refused) {
          refused(token);
          callback(Object.assign(new Error(`blocked because of ${link}`), { responseCode: 554 }));
          return;
        }
        const recipient = session.envelope.rcptTo[0]?.address ?? '';
        if (token) {
          tokens.set(recipient, token);
          waiting.get(recipient)?.(token);
        }
        callback();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeAfterTest(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://beckon:${SMTP_PASSWORD}@127.0.0.1:${port}`,
    async tokenTo(recipient) {
      const token = tokens.get(recipient) ?? (await new Promise<string>((resolve) => waiting.set(recipient, resolve)));
      tokens.delete(recipient);
      waiting.delete(recipient);
      return token;
    },
    refuse: () =>
      new Promise((resolve) => {
        refused = resolve;
      }),
  };
}

type Data = Record<string, never> & Record<string, { [field: string]: never }>;

interface Asked {
  readonly data: Data;
  readonly text: string;
  /** The secret of a sign-in, where its cookie was set. */
  readonly cookie: string | null;
}

it('no secret stands in what a server writes, whatever is done with it and whatever fails', async () => {
  const database = await freshDatabase();
  const mail = await mailServer();
  const hook = await receiver();
  hook.answer = { status: 500 };
  const server = spawn(process.execPath, [BUILT_SERVER], {
    env: {
      PATH: process.env['PATH'],
      ...database,
      ...{ PORT: '0', LOG_LEVEL: 'debug', SMTP_URL: mail.url, METRICS_TOKEN, WEBHOOK_ALLOW_PRIVATE: 'yes' },
      ...{ CAPTCHA_GUESSES: '10', SIGN_INS_PER_MINUTE: '1000', REQUESTS_PER_MINUTE: '10000' },
      ...{ ANONYMOUS_REQUESTS_PER_MINUTE: '10000', NODE_DEBUG: '' },
    },
  });
  closeAfterTest(() => void server.kill('SIGKILL'));
  let out = '';
  let look: (() => void) | null = null;
  for (const stream of [server.stdout, server.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk) => {
      out += chunk;
      look?.();
    });
  }
  const says = (pattern: RegExp) =>
    new Promise<string>((resolve) => {
      look = () => {
        const found = pattern.exec(out);
        if (found) resolve(found[1] ?? found[0]);
      };
      look();
    });
  const port = Number(await says(/listening on 127\.0\.0\.1:(\d+)/));
  const operatorToken = await says(/(bkn_opr_\S+)\nLost it\?/);
  const url = `http://127.0.0.1:${port}/graphql`;
  // Shown once, to people, by design; what is judged is all that comes after.
  const shown = out.length;

  const secrets = new Map<string, string>([
    ['password', PASSWORDS[0]],
    ['new password', PASSWORDS[1]],
    ['wrong password', WRONG_PASSWORD],
    ['SMTP password', SMTP_PASSWORD],
    ['metrics token', METRICS_TOKEN],
    ['operator token', operatorToken],
  ]);
  const keep = (what: string, secret: unknown): string => {
    secrets.set(what, String(secret));
    return String(secret);
  };
  const ask = async (query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Asked> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const cookie = /^beckon=([^;]+)/.exec(response.headers.getSetCookie()[0] ?? '')?.[1] ?? null;
    return { data: JSON.parse(text).data, text, cookie };
  };
  const run = (name: string, input: object, fields: string, headers?: Record<string, string>) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ${fields} } }`;
    return ask(query, { input }, headers);
  };
  const by = (bearer: string) => ({ authorization: `Bearer ${bearer}` });
  const signedIn = (session: string) => ({ cookie: `beckon=${session}` });

  // An account, from the captcha to the second factor.
  const { data: asked } = await ask('{ captcha { challenge } eula { version } }');
  const { challenge } = asked['captcha'] as unknown as { challenge: string };
  const { version } = asked['eula'] as unknown as { version: string };
  const captcha = keep('captcha', await solveCaptcha(challenge));
  const signUp = { email: EMAIL, name: 'Ana', password: PASSWORDS[0], acceptEula: true, eulaVersion: version, captcha };
  await run('signUp', signUp, '');
  const verification = keep('verification link', await mail.tokenTo(EMAIL));
  await run('verifyEmail', { token: verification }, '');
  await run('signIn', { email: EMAIL, password: WRONG_PASSWORD }, '');
  const first = await run('signIn', { email: EMAIL, password: PASSWORDS[0] }, '');
  let session = keep('cookie', first.cookie);
  const setUp = await run(
    'setUpSecondFactor',
    { password: PASSWORDS[0] },
    '... on SetUpSecondFactorPayload { secret }',
    signedIn(session),
  );
  const factor = keep('second factor', setUp.data['setUpSecondFactor']?.['secret']);
  const code = totpCode(factor, totpStepAt(Date.now()));
  const confirmed = await run(
    'confirmSecondFactor',
    { code },
    '... on ConfirmSecondFactorPayload { recoveryCodes }',
    signedIn(session),
  );
  const codes = confirmed.data['confirmSecondFactor']?.['recoveryCodes'] as unknown as string[];
  for (const [i, recovery] of codes.entries()) keep(`recovery code ${i}`, recovery);
  session = keep('renewed cookie', confirmed.cookie ?? session);
  const pending = await run('signIn', { email: EMAIL, password: PASSWORDS[0] }, '... on SecondFactorNeeded { token }');
  const waiting = keep('pending sign-in', pending.data['signIn']?.['token']);
  await run('completeSignIn', { token: waiting, code: '00-wrong' }, '');
  const completed = await run('completeSignIn', { token: waiting, code: codes[0] }, '');
  keep('second cookie', completed.cookie);

  // What hangs on an account and a company.
  const token = await run(
    'createApiToken',
    { name: 'CI', scopes: ['READ'] },
    '... on CreateApiTokenPayload { secret }',
    signedIn(session),
  );
  const apiToken = keep('API token', token.data['createApiToken']?.['secret']);
  await run('createCompany', { name: 'North', namespace: 'north' }, '', signedIn(session));
  const webhook = await run(
    'createWebhook',
    { url: `${hook.url}?key=${keep('key of a receiver', 'receiver-key-of-this-test')}`, events: ['*'] },
    '... on CreateWebhookPayload { secret }',
    signedIn(session),
  );
  keep('webhook secret', webhook.data['createWebhook']?.['secret']);
  const enrolment = await run(
    'createEnrolmentCode',
    { label: 'Laptops' },
    '... on CreateEnrolmentCodePayload { secret }',
    signedIn(session),
  );
  const enrolmentCode = keep('enrolment code', enrolment.data['createEnrolmentCode']?.['secret']);
  await run('inviteMember', { email: 'ben@example.test' }, '', signedIn(session));
  const membership = keep('member’s link', await mail.tokenTo('ben@example.test'));
  await run('acceptMemberInvitation', { token: membership }, '', signedIn(session));
  const registered = await run(
    'registerDevice',
    { name: 'PC', platform: 'WINDOWS', clientKind: 'HOST', clientVersion: '7' },
    '... on RegisterDevicePayload { credential }',
  );
  const credential = keep('device credential', registered.data['registerDevice']?.['credential']);
  await run('enrolDevice', { code: enrolmentCode }, '', by(credential));

  // The operator, and licences.
  const licences = [{ product: 'MONITORING', edition: 'CORPORATE', seats: 5, months: 12 }];
  const issued = await run('issueLicences', { purchaseEmail: 'buyer@example.test', licences }, '', by(operatorToken));
  expect(issued.text).toContain('IssueLicencesPayload');
  const activation = keep('licence’s link', await mail.tokenTo('buyer@example.test'));
  await ask('query ($token: String!) { licenceOffer(token: $token) { __typename } }', { token: activation });
  await run('activateLicence', { token: activation }, '', signedIn(session));

  // A new password by mail.
  await run('requestPasswordReset', { email: EMAIL }, '');
  const reset = keep('link for a new password', await mail.tokenTo(EMAIL));
  await run('resetPassword', { token: reset, password: PASSWORDS[1] }, '');

  const everything = () => [...secrets.values()];
  const misuse = async (): Promise<void> => {
    for (const secret of everything()) {
      const text = JSON.stringify(secret);
      // As credentials of every kind, in documents, variables, addresses and bodies that are none.
      await ask('{ viewer { kind } }', {}, by(encodeURIComponent(secret)));
      await ask('{ viewer { kind } }', {}, signedIn(encodeURIComponent(secret)));
      await ask(`{ node(id: ${text}) { nothing } }`);
      await ask('query ($id: Int!) { node(id: $id) { id } }', { id: secret });
      await run('verifyEmail', { token: secret }, '');
      await fetch(`${url}?${new URLSearchParams({ query: `{ node(id: ${text}) { id } }`, token: secret })}`);
      await fetch(`http://127.0.0.1:${port}/verify?${new URLSearchParams({ token: secret })}`);
      await fetch(`http://127.0.0.1:${port}/metrics`, { headers: by(encodeURIComponent(secret)) });
      await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: `{"query": ${text}` });
      await fetch(url, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: secret });
      await rawly(
        port,
        `GET /${encodeURIComponent(secret)} HTTP/1.1\r\nHost: h\r\n${encodeURIComponent(secret)}\r\n\r\n`,
      );
      await overSocket(port, secret);
    }
    await run('signUp', signUp, '');
    await run('signIn', { email: EMAIL, password: PASSWORDS[1] }, '');
    await run('completeSignIn', { token: waiting, code: codes[1] }, '');
    await run('changePassword', { currentPassword: PASSWORDS[1], newPassword: PASSWORDS[0] }, '', signedIn(session));
    await run('disableSecondFactor', { password: PASSWORDS[1], code: codes[2] }, '', signedIn(session));
    await run('setUpSecondFactor', { password: PASSWORDS[1] }, '', signedIn(session));
    await run('createWebhook', { url: hook.url, events: ['*'] }, '', signedIn(session));
    await run('inviteMember', { email: 'cleo@example.test' }, '', signedIn(session));
    await run('updateDevice', { name: credential }, '', by(credential));
    await run('enrolDevice', { code: enrolmentCode }, '', by(credential));
    await run('createApiToken', { name: apiToken, scopes: ['READ'] }, '', by(apiToken));
    await run('issueLicences', { purchaseEmail: 'x@example.test', licences }, '', by(operatorToken));
  };
  await misuse();

  // A mail server that repeats the link it refuses.
  const blocked = mail.refuse();
  await run('requestPasswordReset', { email: EMAIL }, '');
  keep('link in a mail that was refused', await blocked);
  await says(/a mail could not be delivered/);

  // A database that lost a table: whatever is changed fails in the middle of it, with all its values in the statement.
  const anew = await run('signIn', { email: EMAIL, password: PASSWORDS[1] }, '... on SecondFactorNeeded { token }');
  const second = keep('second pending sign-in', anew.data['signIn']?.['token']);
  session = keep('last cookie', (await run('completeSignIn', { token: second, code: codes[3] }, '')).cookie);
  await breakDatabase(database);
  await misuse();
  await says(/an operation failed unexpectedly/);

  server.kill('SIGTERM');
  await once(server, 'close');
  const written = out.slice(shown);
  const lines = written.split('\n').filter((line) => line.startsWith('{'));
  // What was looked through is the log, with failures of every kind in it.
  expect(lines.filter((line) => line.includes('an operation failed unexpectedly')).length).toBeGreaterThan(3);
  expect(written).toContain('blocked because of');
  for (const [what, secret] of secrets)
    expect([what, secret.length > 9 || /^[\d-]+$/.test(secret)]).toEqual([what, true]);
  expect(secrets.size).toBeGreaterThan(25);
  const found = [...secrets].filter(([, secret]) =>
    [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')].some((text) => written.includes(text)),
  );
  expect(found.map(([what]) => what)).toEqual([]);
  for (const prefix of Object.values(SECRET_PREFIXES)) expect(written).not.toMatch(new RegExp(`${prefix}\\w`));
}, 100_000);

/** Sends bytes that are no HTTP, and waits for the end of the connection. */
function rawly(port: number, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', () => {});
    socket.on('error', () => {});
    socket.on('close', () => resolve());
  });
}

/** As a credential, in a document and in a message that is none. */
async function overSocket(port: number, secret: string): Promise<void> {
  for (const messages of [
    [{ type: 'connection_init', payload: { authorization: `Bearer ${secret}` } }],
    [{ type: 'connection_init' }, { type: 'subscribe', id: secret, payload: { query: `{ ${secret}` } }, '{'],
    [`{"type": ${secret}`],
  ]) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => {});
    await once(socket, 'open');
    for (const message of messages) socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    const closed = once(socket, 'close');
    socket.on('message', () => socket.close());
    await closed;
  }
}

/** Takes the log of events away, while the server runs; until the test ends, as its database may be another test's then. */
async function breakDatabase(database: Place): Promise<void> {
  await rename(database, 'events', 'events_that_are_away');
  closeAfterTest(() => rename(database, 'events_that_are_away', 'events'));
}

type Place = Readonly<Record<'DATABASE_URL' | 'DATA_DIR', string>>;

async function rename({ DATABASE_URL, DATA_DIR }: Place, from: string, to: string): Promise<void> {
  const statement = `alter table ${from} rename to ${to}`;
  if (DATABASE_URL) {
    const client = new pg.Client({ connectionString: DATABASE_URL });
    await client.connect();
    await client.query(statement);
    await client.end();
    return;
  }
  const client = new SqliteDatabase(`${DATA_DIR}/${SQLITE_FILE}`);
  client.exec(statement);
  client.close();
}
