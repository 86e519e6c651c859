import { auditServer } from 'graphql-http';
import { expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildAccount, buildDevice } from '../testing/builders.ts';
import { httpApi, sendRaw } from '../testing/http.ts';
import { mailsTo, signedIn } from '../testing/people.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

it('GraphQL over HTTP is spoken as its specification asks: every audit of graphql-http holds', async () => {
  const app = await testApp();
  const { url } = await httpApi(app);
  const results = await auditServer({ url });
  expect(results.filter(({ status }) => status !== 'ok').map(({ id, name }) => `${id} ${name}`)).toEqual([]);
  expect(results.length).toBeGreaterThan(50);
});

it('queries may come by GET; mutations, other methods and batches may not', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const read = await api.send({ search: { query: '{ __typename }' } });
  expect([read.status, read.data]).toEqual([200, { __typename: 'Query' }]);

  const written = await api.send({
    search: { query: 'mutation { requestPasswordReset(input: { email: "a@b.test" }) { __typename } }' },
  });
  expect([written.status, written.headers.get('allow'), written.data]).toEqual([405, 'POST', undefined]);
  for (const method of ['PUT', 'DELETE', 'PATCH']) {
    const other = await api.send({ method, headers: JSON_TYPE, body: { query: '{ __typename }' } });
    expect([method, other.status]).toEqual([method, 405]);
  }
  const batch = await api.send({
    method: 'POST',
    headers: JSON_TYPE,
    body: [{ query: '{ __typename }' }, { query: '{ __typename }' }],
  });
  expect([batch.status, batch.data, batch.codes]).toEqual([400, undefined, ['BAD_USER_INPUT']]);
});

it('a person who opens the address of the API in a browser finds GraphiQL; who asks for anything of the API, an answer', async () => {
  const app = await testApp();
  const { url } = await httpApi(app);
  const open = (query: string, accept: string) => fetch(`${url}${query}`, { redirect: 'manual', headers: { accept } });
  const browser = 'text/html,application/xhtml+xml,*/*;q=0.8';
  const page = await open('', browser);
  expect([page.status, page.headers.get('location')]).toEqual([303, '/graphiql']);
  expect((await open('', 'application/json')).status).toBe(400);
  expect((await open('?query={__typename}', browser)).status).toBe(200);
});

it('only JSON in UTF-8 of a known, bounded size is read; form posts and uploads are refused', async () => {
  const app = await testApp({ BODY_MAX_BYTES: '2000' });
  const api = await httpApi(app);
  const post = async (headers: Record<string, string>, body = '{"query":"{ __typename }"}') =>
    (await api.send({ method: 'POST', headers, body })).status;
  for (const type of [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'application/graphql',
    'application/graphql+json',
    'application/json; charset=utf-7',
    'application/json; charset=ibm500',
    'application/jsonp',
    '',
  ]) {
    expect([type, await post({ 'content-type': type })]).toEqual([type, 415]);
  }
  expect(await post({ ...JSON_TYPE, 'content-encoding': 'gzip' })).toBe(415);
  for (const type of ['application/json', 'Application/JSON; charset=UTF-8', 'application/json;charset="utf-8"']) {
    expect([type, await post({ 'content-type': type })]).toEqual([type, 200]);
  }
  const odd = await api.send({ headers: { 'content-type': 'text/plain' }, search: { query: '{ __typename }' } });
  expect(odd.status).toBe(415);

  const head = 'POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n';
  // Answered by what the headers say, before any of the body came.
  expect(await sendRaw(api.port, `${head}Content-Length: 2001\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /);
  expect(await sendRaw(api.port, `${head}Transfer-Encoding: chunked\r\n\r\n`)).toMatch(/^HTTP\/1.1 411 /);
  expect(await sendRaw(api.port, `${head}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`)).toMatch(/ 400 /);
  const padded = '{"query":"{ __typename }"}'.padEnd(2000);
  expect([await post(JSON_TYPE, padded), await post(JSON_TYPE, `${padded} `)]).toEqual([200, 413]);
});

it('what cannot be understood is answered with 400 and a code, whatever it is', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const accept = 'application/graphql-response+json';
  for (const body of [
    '',
    '{',
    'null',
    '"text"',
    '42',
    '[]',
    '{}',
    '{"query":7}',
    '{"query":"{ nothing }"}',
    '{"query":"{ __typename"}',
    '{"query":"{ __typename }","variables":"x"}',
    '{"query":"{ __typename }","variables":[1]}',
    '{"query":"{ __typename }","operationName":7}',
    '{"query":"{ __typename }","operationName":"Other"}',
    '{"query":"query A { __typename } query B { __typename }"}',
    '{"query":"query ($id: ID!) { node(id: $id) { id } }"}',
    '{"query":"query ($first: Int) { node(id: $first) { id } }"}',
    `{"query":"{ __typename }","variables":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    '{"query":"{ __typename }","__proto__":{"x":1}}',
  ]) {
    const answer = await api.send({ method: 'POST', headers: { ...JSON_TYPE, accept }, body });
    expect([body.slice(0, 60), answer.status, answer.codes]).toEqual([body.slice(0, 60), 400, ['BAD_USER_INPUT']]);
  }
  expect((await api.post('{ __typename }')).data).toEqual({ __typename: 'Query' });
});

it('answers are JSON in the type that is asked for, and 406 where none of ours is', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const typeFor = async (accept: string) => {
    const answer = await api.post('{ __typename }', {}, { headers: { accept } });
    return [answer.status, answer.headers.get('content-type')?.split(';')[0]];
  };
  expect(await typeFor('*/*')).toEqual([200, 'application/json']);
  expect(await typeFor('application/graphql-response+json')).toEqual([200, 'application/graphql-response+json']);
  expect(await typeFor('application/json')).toEqual([200, 'application/json']);
  expect((await typeFor('image/png'))[0]).toBe(406);
  const later = { accept: 'application/json' };
  expect((await api.post('{ nothing }', {}, { headers: later })).status).toBe(200);
});

it('every answer forbids guessing its type and keeping it, and names no software', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  const answers = [
    await api.post('{ __typename }'),
    await api.post('{ __typename }', {}, { bearer: 'wrong' }),
    await api.send({ method: 'POST', body: 'x' }),
    await api.send({ search: { query: '{ __typename }' } }),
    await api.send({ method: 'PUT' }),
  ];
  for (const { headers, status } of answers) {
    expect([status, headers.get('x-content-type-options'), headers.get('cache-control')]).toEqual([
      status,
      'nosniff',
      'no-store',
    ]);
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull();
  }
  const base = `http://127.0.0.1:${api.port}`;
  for (const path of ['/healthz', '/readyz', '/metrics', '/nothing']) {
    const { headers } = await fetch(base + path);
    expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expect(headers.get('cache-control')).toBe('no-store');
  }
  expect((await fetch(`${base}/healthz`, { method: 'POST' })).status).toBe(405);
  expect(await sendRaw(api.port, 'TRACE /healthz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n')).toMatch(/ 405 /);
});

it('odd request lines are answered and end nothing', async () => {
  const app = await testApp();
  const { port, post } = await httpApi(app);
  for (const target of ['//', '///x', '/%', '*', 'http://[', 'http://evil.test/graphql', '/graphql//']) {
    const answer = await sendRaw(port, `GET ${target} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
    expect([target, answer.slice(0, 12)]).toEqual([target, expect.stringMatching(/^HTTP\/1.1 4\d\d/)]);
  }
  const body = '{"query":"{ __typename }"}';
  for (const host of ['[', 'a b', '::::', 'evil.test:99999', '']) {
    const head = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n`;
    const sized = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
    expect([host, (await sendRaw(port, head + sized + body)).slice(0, 10)]).toEqual([host, 'HTTP/1.1 2']);
  }
  expect((await post('{ __typename }')).status).toBe(200);
});

it('a client that offers h2c is answered in HTTP/1.1', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const body = '{"query":"{ __typename }"}';
  const answer = await sendRaw(
    port,
    'POST /graphql HTTP/1.1\r\nHost: h\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n' +
      `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  expect(answer).toContain('{"data":{"__typename":"Query"}}');
});

it('wrong credentials are answered with 401, never as nobody, and a wrong cookie is taken away', async () => {
  const app = await testApp();
  const api = await httpApi(app);
  for (const bearer of ['x', 'bkn_dev_x', 'bkn_pat_x', 'bkn_op_x']) {
    const answer = await api.post('{ __typename }', {}, { bearer });
    expect([bearer, answer.status, answer.codes, answer.data]).toEqual([bearer, 401, ['UNAUTHENTICATED'], undefined]);
  }
  const byCookie = await api.post('{ __typename }', {}, { session: 'wrong' });
  expect([byCookie.status, byCookie.codes]).toEqual([401, ['UNAUTHENTICATED']]);
  expect(byCookie.headers.get('set-cookie')).toMatch(/^beckon=; .*Max-Age=0/);
  // Who is refused is told so before the document is looked at.
  expect((await api.post('{ not closed', {}, { bearer: 'x' })).codes).toEqual(['UNAUTHENTICATED']);
});

it('cookies are taken from our own pages only, tokens from those that the operator allowed', async () => {
  const app = await testApp({ ALLOWED_ORIGINS: 'https://app.example.test' });
  const api = await httpApi(app);
  const device = await buildDevice(app);
  const { secret } = await signedIn(app, await buildAccount(app));
  const status = async (origin: string | null, who: { session?: string; bearer?: string }, site?: string) => {
    const headers = { ...(origin === null ? {} : { origin }), ...(site ? { 'sec-fetch-site': site } : {}) };
    const answer = await api.post('{ __typename }', {}, { ...who, headers });
    return answer.status === 200 ? 200 : `${answer.status} ${answer.codes}`;
  };
  const cookie = { session: secret };
  const token = { bearer: device.credential };
  const refused = '403 FORBIDDEN';
  expect(await status(null, cookie)).toBe(200);
  expect(await status('http://beckon.test', cookie)).toBe(200);
  expect(await status('https://evil.test', cookie)).toBe(refused);
  expect(await status('https://app.example.test', cookie)).toBe(refused);
  expect(await status('null', cookie)).toBe(refused);
  expect(await status('http://beckon.test.evil.test', cookie)).toBe(refused);
  expect(await status('https://beckon.test', cookie)).toBe(refused);
  expect(await status(null, cookie, 'cross-site')).toBe(refused);
  expect(await status(null, cookie, 'same-site')).toBe(refused);
  expect(await status(null, cookie, 'same-origin')).toBe(200);
  expect(await status('https://app.example.test', token)).toBe(200);
  expect(await status('https://app.example.test', {})).toBe(200);
  expect(await status('https://evil.test', token)).toBe(refused);
  expect(await status('https://evil.test', {})).toBe(refused);

  // Refused before anything happened.
  const mutation = 'mutation { updateAccount(input: { name: "Taken" }) { __typename } }';
  await api.post(mutation, {}, { ...cookie, headers: { origin: 'https://evil.test' } });
  const { data } = await api.post('{ viewer { account { name } } }', {}, cookie);
  expect(data.viewer.account.name).not.toBe('Taken');
});

it('allowed origins get CORS headers, always without credentials; others get none', async () => {
  const app = await testApp({ ALLOWED_ORIGINS: 'https://app.example.test' });
  const api = await httpApi(app);
  const corsOf = ({ headers }: { headers: Headers }) =>
    [...headers].filter(([name]) => name.startsWith('access-control-'));
  const preflight = (origin: string) =>
    api.send({
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  const allowed = await preflight('https://app.example.test');
  expect(allowed.status).toBe(204);
  expect(Object.fromEntries(corsOf(allowed))).toEqual({
    'access-control-allow-origin': 'https://app.example.test',
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type, accept-language',
    'access-control-max-age': '600',
  });
  expect(corsOf(await preflight('https://evil.test'))).toEqual([]);
  const answer = await api.post('{ __typename }', {}, { headers: { origin: 'https://app.example.test' } });
  expect(corsOf(answer)).toContainEqual(['access-control-allow-origin', 'https://app.example.test']);
  expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  expect(corsOf(await api.post('{ __typename }', {}, { headers: { origin: 'https://evil.test' } }))).toEqual([]);
});

it('links are built from PUBLIC_URL, never from what a request says of the host', async () => {
  const app = await testApp();
  const { port } = await httpApi(app);
  const { account } = await buildAccount(app);
  const body = JSON.stringify({
    query: `mutation { requestPasswordReset(input: { email: "${account.email}" }) { __typename } }`,
  });
  const answer = await sendRaw(
    port,
    'POST http://evil.test/graphql HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: evil.test\r\nX-Forwarded-Proto: ftp\r\n' +
      'Forwarded: host=evil.test\r\nConnection: close\r\nContent-Type: application/json\r\n' +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  expect(answer).toContain('"RequestPasswordResetPayload"');
  const [mail] = await mailsTo(app, account.email);
  expect(mail?.body).toContain('http://beckon.test/');
  expect(JSON.stringify(mail)).not.toContain('evil');
});

it('who sends slowly, or keeps a connection for nothing, is cut', async () => {
  const app = await testApp({ HTTP_HEADERS_TIMEOUT_S: '0.1', HTTP_REQUEST_TIMEOUT_S: '0.1', HTTP_KEEP_ALIVE_S: '0.1' });
  const { port } = await httpApi(app);
  const head = 'POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n';
  const answers = await Promise.all([
    sendRaw(port, head),
    sendRaw(port, `${head}Content-Length: 100\r\n\r\n{`),
    sendRaw(port, 'GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n'),
  ]);
  expect(answers.map((answer) => answer.slice(0, 12))).toEqual(['HTTP/1.1 408', 'HTTP/1.1 408', 'HTTP/1.1 200']);
});
