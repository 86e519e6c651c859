import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AgentWords } from '../../catalogue/catalogue.ts';
import { messageOf, SpokenError } from '../../spoken-error.ts';

export interface WebCheck {
  /** What it is called in alerts. */
  readonly name: string;
  /** `http:` or `https:`; asked by GET. */
  readonly url: string;
  /** How long the whole answer may take, redirections included. */
  readonly timeoutSeconds: number;
  /** The status that it has to answer, after redirections. */
  readonly expectedStatus: number;
  /** A text that has to be in the answer; empty: any answer will do. */
  readonly expectedText: string;
  /** With https: for how many days its certificate has to hold, at least. */
  readonly certificateDays: number;
}

export interface Certificate {
  /** ISO 8601, UTC. */
  readonly validTo: string;
  readonly daysLeft: number;
  readonly subject: string;
  readonly issuer: string;
  /** Why it is not to be trusted, as OpenSSL names it; null where it is. */
  readonly problem: string | null;
}

export interface WebResult {
  /** Null where there was no answer. */
  readonly status: number | null;
  /** Until the whole answer was there, or given up, in ms. */
  readonly milliseconds: number;
  /** What is wrong with the answer, as a sentence; null where it is as it should be. */
  readonly failure: string | null;
  /** Of the first server that was asked by https; null where there was none. */
  readonly certificate: Certificate | null;
}

/** So much of an answer is looked through for the text, in bytes; what follows is not read. */
const MAX_BODY_BYTES = 1024 * 1024;

const MAX_REDIRECTIONS = 5;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Asks an address once and judges what it answers. Never throws: that there is no answer is a result too. */
export async function checkAddress(
  check: WebCheck,
  words: AgentWords,
  now: () => number = Date.now,
): Promise<WebResult> {
  const say = words.findings.web;
  const began = performance.now();
  const signal = AbortSignal.timeout(check.timeoutSeconds * 1000);
  let certificate: Certificate | null = null;
  let status: number | null = null;
  let failure: string | null = null;
  try {
    let url = new URL(check.url);
    for (let redirections = 0; ; redirections++) {
      const answer = await ask(url, signal, (socket) => {
        certificate ??= certificateOf(socket, now());
      });
      status = answer.status;
      failure = judge(check, answer, say);
      if (answer.location === null || status === check.expectedStatus) break;
      if (redirections === MAX_REDIRECTIONS) {
        failure = say.redirects(MAX_REDIRECTIONS);
        break;
      }
      url = new URL(answer.location, url);
    }
  } catch (error) {
    failure = signal.aborted ? say.late(check.timeoutSeconds) : problemOf(error, words);
  }
  return { status, milliseconds: Math.round(performance.now() - began), failure, certificate };
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

/** One request, without credentials: so that the certificate can be judged and told, it is not refused for it. */
async function ask(url: URL, signal: AbortSignal, onSecure: (socket: TLSSocket) => void): Promise<Answer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new SpokenError(({ findings }) => findings.web.protocol(url.protocol));
  }
  const headers = { 'user-agent': 'Beckon web monitoring', accept: '*/*' };
  const options = { signal, headers, agent: false, rejectUnauthorized: false } as const;
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const request = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
  request.once('response', resolve).once('error', reject);
  request.once('socket', (socket) => socket.once('secureConnect', () => onSecure(socket as TLSSocket)));
  request.end();
  const response = await promise;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= MAX_BODY_BYTES) break;
  }
  response.destroy();
  const { statusCode: status = 0 } = response;
  const location = status >= 300 && status < 400 ? (response.headers.location ?? null) : null;
  return { status, location, text: Buffer.concat(parts).subarray(0, MAX_BODY_BYTES).toString('utf8') };
}

function judge(
  { expectedStatus, expectedText }: WebCheck,
  { status, text }: Answer,
  say: AgentWords['findings']['web'],
): string | null {
  if (status !== expectedStatus) return say.status(status, expectedStatus);
  return text.includes(expectedText) ? null : say.text(expectedText);
}

function certificateOf(socket: TLSSocket, now: number): Certificate | null {
  const { valid_to: validTo, subject, issuer } = socket.getPeerCertificate();
  if (!validTo) return null;
  const problem = socket.authorizationError as unknown as Error | string | null;
  return {
    validTo: new Date(validTo).toISOString(),
    daysLeft: Math.floor((Date.parse(validTo) - now) / DAY_MS),
    subject: String(subject?.CN ?? ''),
    issuer: String(issuer?.CN ?? issuer?.O ?? ''),
    problem: socket.authorized ? null : String((problem as NodeJS.ErrnoException | null)?.code ?? problem ?? 'UNKNOWN'),
  };
}

function problemOf(error: unknown, words: AgentWords): string {
  const problems: Readonly<Record<string, string | undefined>> = words.findings.web.problems;
  const { code = '' } = error as NodeJS.ErrnoException;
  return problems[code] ?? (messageOf(error, words) || code);
}
