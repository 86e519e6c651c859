import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { testApp } from '../testing/app.ts';
import { buildDevice } from '../testing/builders.ts';

interface Got {
  status: number | undefined;
  type: string | undefined;
  others: Record<string, unknown>;
  body: string;
}

function post(port: number, headers: Record<string, string>, body: string): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, path: '/graphql', method: 'POST', headers: { 'content-type': 'application/json', ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { 'content-type': type, date, 'content-length': length, ...others } = response.headers;
          resolve({ status: response.statusCode, type, others, body: Buffer.concat(chunks).toString() });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** References differ from one request to the next. */
const comparable = ({ body, ...got }: Got) => ({ ...got, body: body.replace(/rq_[\w-]+/g, 'rq_') });

describe('requests that are read and written without Yoga', () => {
  const BODIES: Record<string, unknown> = {
    'a query': { query: '{ __typename }' },
    'a query with names and nulls': { query: 'query A { __typename }', operationName: 'A', variables: null },
    'two operations, one named': { query: 'query A { __typename } query B { b: __typename }', operationName: 'B' },
    'two operations, none named': { query: 'query A { __typename } query B { b: __typename }' },
    'an operation that is not there': { query: 'query A { __typename }', operationName: 'C' },
    'a syntax error': { query: '{ __typename' },
    'a field that is not there': { query: '{ nothing }' },
    'a variable of the wrong type': { query: 'query ($id: ID!) { node(id: $id) { id } }', variables: { id: {} } },
    'an error of a field': { query: '{ nodes(ids: []) { id } node(id: "x") { id } eula(language: EN) { version } }' },
    'a mutation that is refused': { query: 'mutation { inviteDevice(input: {}) { __typename } }' },
    'a mutation that may not be': {
      query: 'mutation { inviteDevice(input: { recipient: "1", origin: OWN_ID }) { __typename } }',
    },
    'a subscription': { query: 'subscription { accountEvents { cursor } }' },
    'no query': { variables: {} },
    'a query that is a number': { query: 1 },
    'variables that are a list': { query: '{ __typename }', variables: [] },
    'variables that are a text': { query: '{ __typename }', variables: '{}' },
    'extensions that are a text': { query: '{ __typename }', extensions: 'x' },
    'an unknown parameter': { query: '{ __typename }', id: 1 },
    'a list': [{ query: '{ __typename }' }],
    'a number': 1,
    null: null,
  };

  it('are answered as Yoga answers them, byte by byte, whatever is in them', async () => {
    const app = await testApp();
    const port = await app.listen();
    const { credential } = await buildDevice(app);
    const bodies = [...Object.values(BODIES).map((body) => JSON.stringify(body)), '{', '', '\u0000', '{"query":"é'];
    const callers: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${credential}` },
      { authorization: 'Bearer nobody', 'accept-language': 'fr' },
      { origin: 'https://elsewhere.test' },
      { origin: app.config.PUBLIC_URL },
    ];
    for (const body of bodies) {
      for (const caller of callers) {
        for (const accept of ['application/json', 'application/graphql-response+json', '*/*']) {
          const plain = await post(port, { ...caller, accept }, body);
          // A media type with a charset is left to Yoga as a whole.
          const byYoga = await post(port, { ...caller, accept: `${accept}; charset=utf-8` }, body);
          expect(comparable(plain), `${accept} ${JSON.stringify(caller)} ${body}`).toEqual(comparable(byYoga));
        }
      }
    }
  });

  it('that were asked before are let in, counted and held against the limits as the first time', async () => {
    const app = await testApp({ REQUESTS_PER_MINUTE: '8' });
    const port = await app.listen();
    const { device, credential } = await buildDevice(app);
    const query =
      'query ($id: ID!, $first: Int) { node(id: $id) { ... on Device { name sessions(first: $first) { nodes { permissionTimeline { number } host { alias } guest { alias } } } } } }';
    const ask = async (first: number, token = credential) =>
      JSON.parse(
        (
          await post(
            port,
            { authorization: `Bearer ${token}`, 'x-request': 'x' },
            JSON.stringify({ query, variables: { id: device.id, first } }),
          )
        ).body,
      ) as { data?: unknown; errors?: { extensions: { code: string } }[] };
    const code = async (first: number, token?: string) => (await ask(first, token)).errors?.[0]?.extensions.code;

    const answers = [await ask(5), await ask(5), await ask(5), await ask(5)];
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1);
    expect(answers[0]).toHaveProperty('data.node.name');
    expect(await code(100)).toBeUndefined();
    expect(await code(1_000)).toBe('QUERY_TOO_LARGE');
    expect(await code(0)).toBe('BAD_USER_INPUT');
    expect(await code(5, 'bkn_dev_nobody')).toBe('UNAUTHENTICATED');
    // Eight in all by this device, those that were refused among them.
    expect(await code(5)).toBeUndefined();
    expect(await code(5)).toBe('TOO_MANY_REQUESTS');
  });

  it.each([
    [undefined, 'application/json'],
    [
      'application/graphql-response+json, application/json;q=0.9, text/event-stream',
      'application/graphql-response+json',
    ],
    ['text/event-stream, APPLICATION/JSON', 'application/json'],
    ['text/html, application/*;q=0.8', 'application/json'],
  ])('have the media type that is asked for: %s', async (accept, type) => {
    const app = await testApp();
    const port = await app.listen();
    const got = await post(port, accept ? { accept } : {}, '{"query":"{ __typename }"}');
    expect([got.status, got.type]).toEqual([200, `${type}; charset=utf-8`]);
  });

  it('that ask for nothing we have are refused', async () => {
    const app = await testApp();
    const got = await post(await app.listen(), { accept: 'text/html' }, '{"query":"{ __typename }"}');
    expect(got.status).toBe(406);
  });
});
