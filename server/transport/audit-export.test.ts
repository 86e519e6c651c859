import { describe, expect, it } from 'vitest';
import { createApiToken } from '../domain/api-tokens.ts';
import { change } from '../domain/change.ts';
import { streamOf } from '../domain/event-log.ts';
import { sessionCookieName } from '../domain/sign-in.ts';
import { testApp } from '../testing/app.ts';
import { buildCompany } from '../testing/builders.ts';
import { httpApi } from '../testing/http.ts';
import { signedIn } from '../testing/people.ts';

/** Records of the company's log: more than one batch. */
const RECORDS = 1_200;

async function scene() {
  const app = await testApp();
  const { companyId, admin } = await buildCompany(app);
  await change(app.as({ kind: 'system' }), 'test', {}, async (tx) => {
    for (let i = 0; i < RECORDS; i++) {
      const streams = [streamOf.company(companyId)];
      tx.emit({ concept: 'test', change: i % 2 ? 'ODD' : 'EVEN', subject: `s${i}`, after: { i }, streams });
    }
  });
  const { secret } = await signedIn(app, admin);
  const { port } = await httpApi(app);
  const get = (search: Record<string, string>, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`http://127.0.0.1:${port}/audit.jsonl?${new URLSearchParams(search)}`, { method, headers });
  const cookie = { cookie: `${sessionCookieName(app.config)}=${secret}`, 'sec-fetch-site': 'same-origin' };
  return { app, companyId, admin, get, cookie };
}

describe('the export of audit logs', () => {
  it('API-04 streams a company’s whole log as JSON Lines, by cookie', async () => {
    const { app, companyId, get, cookie } = await scene();
    const answer = await get({ companyId }, cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const records = (await answer.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.map(({ number }) => number)).toEqual(Array.from({ length: RECORDS }, (_, i) => i + 1));
    expect(records[0]).toMatchObject({
      at: new Date(app.clock.now()).toISOString(),
      concept: 'test',
      after: { i: 0 },
      actor: { kind: 'SYSTEM' },
      hash: expect.any(String),
    });
    const odd = await (await get({ companyId, change: 'ODD' }, cookie)).text();
    expect(odd.trimEnd().split('\n')).toHaveLength(RECORDS / 2);
    expect(await (await get({ companyId, from: '2100-01-01T00:00:00Z' }, cookie)).text()).toBe('');
  });

  it('API-04 answers who may not read it with a status and a code, before anything else', async () => {
    const { app, companyId, admin, get, cookie } = await scene();
    const refused = async (answer: Response) => {
      const { errors } = (await answer.json()) as { errors: { extensions: { code: string } }[] };
      return [answer.status, errors[0]?.extensions.code];
    };
    expect(await refused(await get({ companyId }))).toEqual([401, 'UNAUTHENTICATED']);
    expect(await refused(await get({ companyId }, { authorization: 'Bearer nonsense' }))).toEqual([
      401,
      'UNAUTHENTICATED',
    ]);
    const foreign = { ...cookie, 'sec-fetch-site': 'cross-site' };
    expect(await refused(await get({ companyId }, foreign))).toEqual([403, 'FORBIDDEN']);
    const { companyId: other } = await buildCompany(app);
    expect(await refused(await get({ companyId: other }, cookie))).toEqual([404, 'NOT_FOUND']);
    expect(await refused(await get({ companyId, from: 'yesterday' }, cookie))).toEqual([400, 'BAD_USER_INPUT']);
    expect((await get({ companyId }, cookie, 'POST')).status).toBe(405);

    const { ctx } = await signedIn(app, admin);
    const reading = await createApiToken(ctx, { name: 'reads', scopes: ['READ'] });
    const writing = await createApiToken(ctx, { name: 'writes', scopes: ['COMPANY'] });
    const by = (secret: string) => ({ authorization: `Bearer ${secret}` });
    expect((await get({ companyId }, by(reading.secret))).status).toBe(200);
    expect(await refused(await get({ companyId }, by(writing.secret)))).toEqual([403, 'FORBIDDEN']);
  });
});
