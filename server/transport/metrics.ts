import type { IncomingMessage } from 'node:http';
import type { Services } from '../domain/context.ts';
import { BACKLOG_COUNTED, type Backlog } from '../domain/meters.ts';
import { hashesUnderWay } from '../domain/passwords.ts';
import { exposition, type Metric } from '../lib/prometheus.ts';
import { equalSecrets, hashSecret } from '../lib/secrets.ts';
import { bearerOf } from './context.ts';
import type { OpenConnections } from './open-connections.ts';
import type { ProcessWatch } from './process-metrics.ts';

/** The format's own type (Prometheus, Exposition formats). */
export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** What /metrics tells beside what was counted, read when it is asked. */
export interface MetricsSources {
  readonly sockets: () => number;
  readonly connections: OpenConnections;
  readonly process: ProcessWatch;
  readonly mails: () => Promise<Backlog>;
  readonly webhooks: () => Promise<Backlog>;
}

/** Headers by which proxies say that they pass on what somebody else asks. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/**
 * Whether this request may read the metrics: with METRICS_TOKEN where that is set, and otherwise from this machine
 * itself, with no proxy between, whatever TRUST_PROXY says.
 */
export function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return same(bearerOf(headers.authorization) ?? '', token);
  return isLoopback(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined);
}

/** In the same time wherever they differ, and however long they are. */
function same(given: string, token: string): boolean {
  return equalSecrets(hashSecret(given), hashSecret(token));
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** All that there is to tell, in the text format of Prometheus. */
export async function readMetrics(services: Services, sources: MetricsSources): Promise<string> {
  return exposition([
    ...counted(services),
    ...standing(services, sources),
    ...(await waiting(services, sources)),
    ...(await sources.process.read()),
  ]);
}

/** What was counted since the start. */
function counted({ meters }: Services): Metric[] {
  const counter = (name: string, help: string, value: Metric['value']): Metric => ({
    name,
    help,
    type: 'counter',
    value,
  });
  const histogram = (name: string, help: string, value: Metric['value']): Metric => ({
    ...{ name, help, value },
    type: 'histogram',
  });
  return [
    counter(
      'beckon_operations_total',
      'Operations, by type and by ok or the code of the first error.',
      meters.operations,
    ),
    histogram('beckon_query_duration_seconds', 'Queries, from being let in to being answered.', meters.querySeconds),
    histogram('beckon_mutation_duration_seconds', 'Mutations, likewise.', meters.mutationSeconds),
    counter('beckon_http_responses_total', 'HTTP answers of all kinds, by class of status.', meters.httpResponses),
    counter('beckon_refusals_total', 'Refusals that people were answered with, by code.', meters.refusals),
    counter('beckon_events_total', 'Events that this node has committed, by concept and change.', meters.events),
    counter('beckon_slow_readers_total', 'Readers that were sent away because they did not read.', meters.slowReaders),
    counter('beckon_socket_closes_total', 'WebSockets that ended, by close code.', meters.socketCloses),
    counter(
      'beckon_refused_connections_total',
      'Sockets and event streams beyond SOCKETS_PER_PRINCIPAL, and handshakes beyond SOCKETS_BEFORE_INIT.',
      meters.refusedConnections,
    ),
    histogram(
      'beckon_commit_transactions',
      'Write transactions that one commit made durable together.',
      meters.commits,
    ),
    histogram('beckon_commit_duration_seconds', 'Commits, with the transactions in them.', meters.commitSeconds),
    counter('beckon_slow_writes_total', 'Write transactions of more than 50 ms.', meters.slowWrites),
    counter('beckon_database_connections_lost_total', 'Connections to PostgreSQL that broke.', meters.lostConnections),
    counter(
      'beckon_listener_reconnects_total',
      'How often LISTEN was begun anew, and events may have come late.',
      meters.listenerReconnects,
    ),
    counter('beckon_mails_total', 'Attempts to send a mail, by outcome.', meters.mails),
    counter(
      'beckon_webhook_deliveries_total',
      'Attempts to deliver to a webhook, by outcome.',
      meters.webhookDeliveries,
    ),
  ];
}

/** How it stands in this process. */
function standing(
  { meters, wakeUps, db, config, version }: Services,
  { sockets, connections }: MetricsSources,
): Metric[] {
  const gauge = (name: string, help: string, value: Metric['value']): Metric => ({ name, help, type: 'gauge', value });
  const hashes = hashesUnderWay();
  const build = { version, node: process.versions.node, engine: config.engine };
  return [
    gauge('beckon_build_info', 'Always 1; the labels tell what runs.', [[build, 1]]),
    gauge('beckon_sockets', 'Open WebSockets.', sockets()),
    gauge('beckon_open_connections', 'WebSockets that said who they are, and event streams.', connections.size),
    gauge('beckon_devices_connected', 'Devices with at least one of these on this node.', connections.devices),
    gauge('beckon_subscriptions', 'Streams of events that are followed.', meters.subscriptions.value),
    gauge('beckon_topics_awaited', 'Topics that somebody waits for, the server’s own jobs among them.', wakeUps.size),
    gauge('beckon_write_queue', 'Transactions that wait for the writer, or for a connection.', db.queued()),
    gauge('beckon_password_hashes', 'Passwords that are hashed or compared, and that wait for it.', [
      [{ state: 'running' }, hashes.running],
      [{ state: 'waiting' }, hashes.waiting],
    ]),
  ];
}

/** What waits in the database, of all nodes: counted by an index, as far as `BACKLOG_COUNTED`. */
async function waiting({ clock }: Services, sources: MetricsSources): Promise<Metric[]> {
  const both = [
    ['beckon_mail_outbox', 'Mails', await sources.mails()],
    ['beckon_webhook_backlog', 'Webhook deliveries', await sources.webhooks()],
  ] as const;
  return both.flatMap(([name, what, { waiting, oldestAt }]): Metric[] => [
    { name, help: `${what} that wait, ${BACKLOG_COUNTED} for that many or more.`, type: 'gauge', value: waiting },
    {
      ...{ name: `${name}_oldest_seconds`, type: 'gauge' },
      help: `How long the oldest of these has waited; 0 where none does.`,
      value: oldestAt === null ? 0 : (clock.now() - oldestAt) / 1000,
    },
  ]);
}
