import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { closeAfterTest } from '../../../../server/testing/resources.ts';
import { selfSigned } from '../../../testing/self-signed.ts';
import { EN } from '../../catalogue/catalogue.ts';
import type { Decision } from '../findings.ts';
import { checkAddress, type WebCheck, type WebResult } from './check.ts';
import { certificateFinding, judgeWeb, startWatching } from './judge.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

async function portOf(server: Server & { closeAllConnections(): void }): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterTest(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await portOf(createServer(listener))}`;
}

function checking(url: string, more: Partial<WebCheck> = {}): WebCheck {
  return { name: 'Shop', url, timeoutSeconds: 5, expectedStatus: 200, expectedText: '', certificateDays: 14, ...more };
}

describe('Web monitoring', () => {
  it('measures an answer that is as it should be', async () => {
    const url = await serve((_, response) => response.end('Welcome, größe'));
    const result = await checkAddress(checking(url, { expectedText: 'größe' }), EN);
    expect(result).toMatchObject({ status: 200, failure: null, certificate: null });
    expect(result.milliseconds).toBeGreaterThanOrEqual(0);
  });

  it('says which status or text is wrong', async () => {
    const url = await serve((request, response) => {
      response.statusCode = request.url === '/broken' ? 503 : 200;
      response.end('Welcome');
    });
    expect(await checkAddress(checking(`${url}/broken`), EN)).toMatchObject({
      status: 503,
      failure: 'It answers 503 instead of 200.',
    });
    expect((await checkAddress(checking(url, { expectedText: 'Hello' }), EN)).failure).toContain('the text “Hello”');
    expect((await checkAddress(checking(`${url}/broken`, { expectedStatus: 503 }), EN)).failure).toBeNull();
  });

  it('follows redirections, not for ever, and never to what is not the web', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/there') response.end('arrived');
      else {
        const to = request.url === '/loop' ? '/loop' : request.url === '/file' ? 'file:///etc/passwd' : '/there';
        response.writeHead(302, { location: to }).end();
      }
    });
    expect((await checkAddress(checking(url, { expectedText: 'arrived' }), EN)).failure).toBeNull();
    expect((await checkAddress(checking(url, { expectedStatus: 302 }), EN)).failure).toBeNull();
    expect((await checkAddress(checking(`${url}/loop`), EN)).failure).toContain('more than 5 times');
    expect((await checkAddress(checking(`${url}/file`), EN)).failure).toContain('neither http nor https');
  });

  it('gives up on a server that is silent, endless or gone', async () => {
    const silent = await serve(() => {});
    const slow = checkAddress(checking(silent, { timeoutSeconds: 0.2 }), EN);
    expect(await slow).toMatchObject({ status: null, failure: 'No answer within 0.2 s.' });
    const endless = await serve((_, response) => {
      const more = (): void => {
        while (response.write(Buffer.alloc(65_536, 'x')));
        response.once('drain', more);
      };
      more();
    });
    expect((await checkAddress(checking(endless), EN)).failure).toBeNull();
    const closed = await serve((request) => request.socket.destroy());
    expect((await checkAddress(checking(closed), EN)).failure).toContain('without an answer');
    expect((await checkAddress(checking('http://127.0.0.1:1'), EN)).failure).toContain('Nothing listens there');
  });

  it('tells how long a certificate holds, and that one that signs itself is not to be trusted', async () => {
    const now = Date.now();
    const identity = selfSigned('shop.test', new Date(now - DAY_MS), new Date(now + 10.5 * DAY_MS));
    const port = await portOf(createSecureServer(identity, (_, response) => response.end('secure')));
    const check = checking(`https://127.0.0.1:${port}`, { expectedText: 'secure' });
    const result = await checkAddress(check, EN);
    expect(result).toMatchObject({
      status: 200,
      failure: null,
      certificate: { daysLeft: 10, subject: 'shop.test', issuer: 'shop.test', problem: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(certificateFinding(check, result, EN)).toMatchObject({
      severity: 'CRITICAL',
      subject: 'WEB_CERTIFICATE:Shop',
    });
    const later = await checkAddress(check, EN, () => now + 20 * DAY_MS);
    expect(certificateFinding(check, later, EN)?.message).toContain('has expired');
    const trusted = result.certificate && { ...result, certificate: { ...result.certificate, problem: null } };
    expect(trusted && certificateFinding(check, trusted, EN)).toMatchObject({ severity: 'WARNING' });
    expect(trusted && certificateFinding({ ...check, certificateDays: 10 }, trusted, EN)).toBeNull();
  });

  it('raises after so many failures in a row, once, and resolves with the first answer', () => {
    const check = checking('http://shop.test');
    const answer = (failure: string | null): WebResult => ({
      status: 200,
      milliseconds: 1,
      failure,
      certificate: null,
    });
    let state = startWatching();
    const said: string[] = [];
    for (const failure of ['x', null, 'x', 'x', 'x', null, null]) {
      const judged = judgeWeb(state, 2, check, answer(failure), EN);
      state = judged.state;
      said.push(judged.decisions.map(inWords).join());
    }
    expect(said).toEqual(['', '', '', 'raise WEB_DOWN:Shop', '', 'resolve WEB_DOWN:Shop', '']);
    const restarted = judgeWeb(startWatching(['WEB_DOWN:Shop']), 2, check, answer(null), EN);
    expect(restarted.decisions.map(inWords)).toEqual(['resolve WEB_DOWN:Shop']);
  });
});

function inWords(decision: Decision): string {
  return decision.kind === 'raise' ? `raise ${decision.finding.subject}` : `resolve ${decision.subject}`;
}
