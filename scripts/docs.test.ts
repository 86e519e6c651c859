import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { SETTINGS } from '../server/config.ts';
import { BUSY_TIMEOUT_MS } from '../server/db/sqlite.ts';
import { MOST_TOKENS } from '../server/domain/api-tokens.ts';
import { CAPTCHA_TTL_MS } from '../server/domain/captcha.ts';
import { IDEMPOTENCY_KEY_LENGTH, IDEMPOTENCY_TTL_MS } from '../server/domain/change.ts';
import { DENIAL_CODES } from '../server/domain/denials.ts';
import { CODE_TTL_MS, CODE_USES, LONGEST_CODE_TTL_MS } from '../server/domain/enrolment-codes.ts';
import { streamOf } from '../server/domain/event-log.ts';
import { INVITATION_TTL_MS, inviteDevice } from '../server/domain/invitations.ts';
import { LICENCE_LINK_TTL_MS } from '../server/domain/licence-links.ts';
import { LINK_TTL_MS } from '../server/domain/links.ts';
import { MEMBER_INVITATION_TTL_MS, MEMBER_INVITATIONS_PER_DAY } from '../server/domain/member-invitations.ts';
import { PAGE_DEFAULT, PAGE_MOST } from '../server/domain/page.ts';
import { ARGON2, MOST_HASHES_AT_ONCE, PASSWORD_LENGTH } from '../server/domain/passwords.ts';
import { PENDING_SIGN_IN_TTL_MS } from '../server/domain/pending-sign-ins.ts';
import { ASSIGNMENT_MOST } from '../server/domain/policy-assignments.ts';
import { LEASE_MS } from '../server/domain/presence.ts';
import { TOKEN_SCOPES } from '../server/domain/principal.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../server/domain/rate-limits.ts';
import { ACTIVATION_MOST } from '../server/domain/service-activation.ts';
import { SESSION_REQUEST_TTL_MS } from '../server/domain/session-requests.ts';
import { FAILURES_UNTIL_RESET, FREE_FAILURES, waitAfter } from '../server/domain/sign-in-attempts.ts';
import { MAILS_PER_5_MINUTES, MAILS_PER_DAY } from '../server/domain/sign-up.ts';
import { MOST_WEBHOOKS } from '../server/domain/webhook-changes.ts';
import { SECRET_BYTES } from '../server/lib/secrets.ts';
import { testApp } from '../server/testing/app.ts';
import { buildDevice } from '../server/testing/builders.ts';
import { listenTo } from '../server/testing/events.ts';
import { httpApi } from '../server/testing/http.ts';
import { closeAfterTest } from '../server/testing/resources.ts';
import { AT_A_TIME, MOST_ATTEMPTS, OF_ONE_ACCOUNT } from '../server/webhooks/delivery.ts';
import { ANSWER_TIMEOUT_MS } from '../server/webhooks/request.ts';

/** What the documents say is compared with what is: a table that is out of date fails here. */

const ROOT = join(import.meta.dirname, '..');
const run = promisify(execFile);

const DOCUMENTS = ['README.md', 'bench/README.md', ...globSync('docs/**/*.md', { cwd: ROOT })].filter((path) =>
  existsSync(join(ROOT, path)),
);

function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** The part of a document under a heading, with the headings below it. */
function section(path: string, heading: string): string {
  const [marks = ''] = /^#+/.exec(heading) ?? [];
  const after = textOf(path).split(`\n${heading}\n`)[1];
  if (after === undefined) throw new Error(`${path} has no heading «${heading}»`);
  return after.split(new RegExp(`^#{1,${marks.length}} `, 'm'))[0] ?? '';
}

/** The cells of each row of the tables in a text, without their heads. */
function rowsOf(text: string): string[][] {
  return text
    .split('\n')
    .filter((line, at, lines) => line.startsWith('|') && !line.startsWith('|---') && !lines[at + 1]?.startsWith('|---'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The code blocks of one language. */
function blocks(path: string, language: string): string[] {
  return [...textOf(path).matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, found]) => found === language)
    .map(([, , code = '']) => code);
}

it('docs/operations.md lists every metric that /metrics tells, and its alerts ask for no other', async () => {
  const { port } = await httpApi(await testApp());
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const told = [...text.matchAll(/^# TYPE (\S+) \w+$/gm)].map(([, name]) => name);
  const listed = rowsOf(section('docs/operations.md', '## Metrics')).flatMap(([names = '']) =>
    [...names.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(listed.toSorted()).toEqual(told.toSorted());
  const [rules = ''] = blocks('docs/operations.md', 'yaml').filter((code) => code.includes('alert:'));
  const asked = [...rules.matchAll(/\b(?:beckon|nodejs|process)_\w+/g)].map(([name]) =>
    name.replace(/_(bucket|count|sum)$/, ''),
  );
  expect(asked.length).toBeGreaterThan(10);
  for (const name of asked) expect(told).toContain(name);
});

it('docs/operations.md lists every setting as server/config.ts has it', () => {
  expect(rowsOf(section('docs/operations.md', '## Settings'))).toEqual(
    Object.entries(SETTINGS).map(([name, { defaultText, help }]) => [`\`${name}\``, defaultText, help]),
  );
});

it('docs/operations.md tells the limits that are no settings as the code has them', () => {
  const minutes = (ms: number) => `${ms / MINUTE_MS} min`;
  const hours = (ms: number) => `${ms / HOUR_MS} h`;
  const days = (ms: number) => `${ms / DAY_MS} d`;
  const seconds = (ms: number) => `${ms / 1000} s`;
  const { memoryCost, timeCost, parallelism } = ARGON2;
  const waits = `waits of ${waitAfter(FREE_FAILURES) / MINUTE_MS} to ${minutes(waitAfter(FAILURES_UNTIL_RESET))}`;
  expect(rowsOf(section('docs/operations.md', '## Limits worth knowing')).map(([, limit]) => limit)).toEqual([
    `${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters`,
    `Argon2id, ${memoryCost} KiB, ${timeCost} passes, ${parallelism} lane; ${MOST_HASHES_AT_ONCE} at once`,
    `${SECRET_BYTES} random bytes; only a SHA-256 is stored`,
    `${FREE_FAILURES} free, then ${waits}; from ${FAILURES_UNTIL_RESET} on only a new password helps`,
    minutes(PENDING_SIGN_IN_TTL_MS),
    hours(LINK_TTL_MS.VERIFY_EMAIL),
    hours(LINK_TTL_MS.RESET_PASSWORD),
    days(MEMBER_INVITATION_TTL_MS),
    days(LICENCE_LINK_TTL_MS),
    `${MAILS_PER_5_MINUTES} in 5 min, ${MAILS_PER_DAY} a day`,
    `${MEMBER_INVITATIONS_PER_DAY} a day`,
    seconds(INVITATION_TTL_MS),
    minutes(CAPTCHA_TTL_MS),
    `${days(CODE_TTL_MS)} unless its maker says otherwise, at most ${days(LONGEST_CODE_TTL_MS)} and ${CODE_USES.max} uses`,
    `${hours(IDEMPOTENCY_TTL_MS)}, ${IDEMPOTENCY_KEY_LENGTH} characters`,
    `1 to ${PAGE_MOST}, ${PAGE_DEFAULT} where nothing is said`,
    String(ACTIVATION_MOST),
    `${MOST_TOKENS}, ${MOST_WEBHOOKS}`,
    seconds(LEASE_MS),
    `${seconds(ANSWER_TIMEOUT_MS)}, ${MOST_ATTEMPTS}`,
    `${AT_A_TIME}, ${OF_ONE_ACCOUNT}`,
    seconds(BUSY_TIMEOUT_MS),
  ]);
  expect([SESSION_REQUEST_TTL_MS, ASSIGNMENT_MOST]).toEqual([INVITATION_TTL_MS, ACTIVATION_MOST]);
});

it('docs/api.md lists every error code, and the client knows each', () => {
  const codes = rowsOf(section('docs/api.md', '## Error codes')).map(([code]) => code);
  expect(codes).toEqual(DENIAL_CODES.map((code) => `\`${code}\``));
  const client = textOf('client/api/errors.ts');
  for (const code of DENIAL_CODES) expect(client).toContain(`'${code}'`);
});

it('docs/api.md lists every scope of tokens', () => {
  const scopes = rowsOf(section('docs/api.md', '### Scopes of API tokens')).map(([scope]) => scope);
  expect(scopes.sort()).toEqual(TOKEN_SCOPES.map((scope) => `\`${scope}\``).sort());
});

it('README.md gives a reason for every dependency, and for nothing else', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<string, object>;
  const named = rowsOf(section('README.md', '## Dependencies'))
    .flatMap(([packages = '']) => [...packages.matchAll(/`([^`]+)`/g)])
    .map(([, name]) => name);
  // Types come with what they are the types of.
  const installed = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
  expect(named.sort()).toEqual(installed.sort());
});

it('README.md can be read in one go: it has less than 170 lines', () => {
  expect(textOf('README.md').split('\n').length).toBeLessThan(170);
});

it('every link within the documents leads somewhere', () => {
  const dead = DOCUMENTS.flatMap((path) =>
    [...textOf(path).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => !leadsSomewhere(path, link))
      .map((link) => `${path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : relative(ROOT, join(ROOT, dirname(from), file));
  if (!existsSync(join(ROOT, target))) return false;
  if (anchor === undefined) return true;
  const headings = [...textOf(target).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.some(
    (heading) =>
      heading
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replace(/ /g, '-') === anchor,
  );
}

it('every command that the documents name is a script of package.json', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const named = DOCUMENTS.flatMap((path) =>
    [...textOf(path).matchAll(/\bnpm (?:run ([\w:]+)|(test|start)\b)/g)].map(([, script, short]) => script ?? short),
  );
  expect(named.length).toBeGreaterThan(0);
  expect([...new Set(named)].filter((name) => !scripts[name ?? ''])).toEqual([]);
});

it('every decision stands in the list of decisions', () => {
  const records = globSync('docs/decisions/[0-9]*.md', { cwd: ROOT }).map((path) => path.split('/').at(-1) ?? '');
  const list = textOf('docs/decisions/README.md');
  expect(records.length).toBeGreaterThan(0);
  for (const record of records) {
    const [, number = '', title = ''] = /^# (\d+)\. (.+)$/m.exec(textOf(`docs/decisions/${record}`)) ?? [];
    expect(list).toContain(`| [${number}](${record}) | ${title} |`);
  }
});

it('every operation in the documents is valid against schema.graphql', () => {
  const schema = buildSchema(textOf('schema.graphql'));
  const inCurl = (path: string) =>
    [...textOf(path).matchAll(/"query": ?("(?:[^"\\]|\\.)*")/g)].map(([, json = '']) => JSON.parse(json) as string);
  const operations = DOCUMENTS.flatMap((path) => [...blocks(path, 'graphql'), ...inCurl(path)]);
  expect(operations.length).toBeGreaterThan(3);
  for (const operation of operations) {
    const errors = validate(schema, parse(operation)).map(({ message }) => message);
    expect(errors, operation).toEqual([]);
  }
});

/** The program in README.md, in a folder of its own two levels below the root. */
function exampleProgram(): string {
  const [code = ''] = blocks('README.md', 'ts');
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.cache', 'readme-'));
  closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'example.ts'), code.replaceAll("from './", "from '../../"));
  return folder;
}

it('the program in README.md compiles', async () => {
  const folder = exampleProgram();
  const settings = { extends: '../../tsconfig.json', include: ['example.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  const { stdout } = await run(tsc, ['--project', folder]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});

it('the program in README.md accepts an invitation that comes while it waits', async () => {
  const app = await testApp();
  const port = await app.listen();
  const inviter = await buildDevice(app);
  const recipient = await buildDevice(app);
  const inbox = await listenTo(recipient.ctx, streamOf.device(recipient.device.id));
  const program = run(process.execPath, [join(exampleProgram(), 'example.ts')], {
    env: { ...process.env, BECKON_URL: `http://127.0.0.1:${port}`, BECKON_TOKEN: recipient.credential },
  });
  expect(await inbox.changes(1)).toEqual(['device ONLINE']);
  await inviteDevice(inviter.ctx, { recipient: recipient.device.address, origin: 'OWN_ID' });
  expect(await inbox.changes(3)).toEqual(['invitation CREATED', 'invitation ACCEPTED', 'session STARTED']);
  expect((await program).stdout).toMatch(/^[\d ]+ lets us in: AUDIO, INPUT, /);
});
