import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { cleanUpHourly } from './domain/clean-up.ts';
import { type Log, type Services, systemContext } from './domain/context.ts';
import { watchDeadlines } from './domain/expiry.ts';
import { outboxAddress } from './domain/mail-outbox.ts';
import { createMeters } from './domain/meters.ts';
import { keepLease } from './domain/presence.ts';
import { WakeUps } from './domain/wake-ups.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { ROOT } from './lib/root.ts';
import { deliverMails, mailBacklog } from './mail/delivery.ts';
import { auditExport } from './transport/audit-export.ts';
import { DocumentJudge } from './transport/document-limits.ts';
import { createHttpServer } from './transport/http.ts';
import { mailPages } from './transport/mail-pages.ts';
import { measuredReady } from './transport/measuring.ts';
import type { MetricsSources } from './transport/metrics.ts';
import { OpenConnections } from './transport/open-connections.ts';
import { CompiledOperations } from './transport/operation-execution.ts';
import { watchProcess } from './transport/process-metrics.ts';
import { readyOperations } from './transport/ready-operations.ts';
import { RequestRate } from './transport/request-rate.ts';
import { serveWebSocket } from './transport/websocket.ts';
import { admission, createGraphqlServer, type Yoga } from './transport/yoga.ts';
import { deliverWebhooks, type WebhookDelivering, webhookBacklog } from './webhooks/delivery.ts';

export interface AppOptions {
  readonly config: Config;
  readonly log: Log;
  /** The system's clock where absent; tests give their own. */
  readonly clock?: Clock;
}

/** A whole server: the composition root. Nothing of it lives outside of this object and the database. */
export interface App {
  readonly services: Services;
  readonly yoga: Yoga;
  readonly webhooks: Pick<WebhookDelivering, 'idle'>;
  /** Starts to listen; resolves with the port. */
  listen(): Promise<number>;
  /** Ends everything in order: no new requests, sockets, jobs, presence, the database. May be repeated. */
  close(): Promise<void>;
}

async function readVersion(): Promise<string> {
  const text = await readFile(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Opens the database and migrates it: all that commands of the server's own command line need. Close `db` after. */
export async function openServices({ config, log, clock = systemClock }: AppOptions): Promise<Services> {
  const meters = createMeters();
  const db = await openDatabase(config, {
    committed(transactions, milliseconds) {
      meters.commits.observe(transactions);
      meters.commitSeconds.observe(milliseconds / 1000);
    },
    slowWrite(milliseconds) {
      meters.slowWrites.add();
      log.warn({ milliseconds: Math.round(milliseconds) }, 'a write transaction took long');
    },
    checkpointFailed: (error) => log.warn({ err: error }, 'a checkpoint of the database failed'),
    lostConnection(error) {
      meters.lostConnections.add();
      log.warn({ err: error }, 'the connection to the database was lost');
    },
    reconnected: () => meters.listenerReconnects.add(),
  });
  const version = await readVersion();
  const nodeId = `node_${randomUUID()}`;
  return {
    config,
    db,
    clock,
    log,
    meters,
    wakeUps: new WakeUps(db, clock),
    nodeId,
    version,
    isStopping: () => false,
    leftOpen: new Set(),
  };
}

/** Opens the database, migrates it, announces what lapsed meanwhile, and starts the jobs; listens nowhere yet. */
export async function createApp(options: AppOptions): Promise<App> {
  let stopping = false;
  const services: Services = { ...(await openServices(options)), isStopping: () => stopping };
  const { config, db, log } = services;
  const ctx = systemContext(services);
  const lease = await keepLease(ctx);
  const deadlines = await watchDeadlines(ctx);
  const mails = deliverMails(ctx);
  const webhooks = deliverWebhooks(ctx);
  const cleaning = cleanUpHourly(ctx);

  const rate = new RequestRate(services, config);
  const connections = new OpenConnections(config.SOCKETS_PER_PRINCIPAL, services.meters);
  const admit = admission(services, rate);
  const [judge, operations] = [new DocumentJudge(config), new CompiledOperations()];
  const yoga = createGraphqlServer(services, { admit, judge, operations, connections });
  const ready = measuredReady(readyOperations(operations, judge, config.REQUEST_TIMEOUT_S), services.meters);
  const watch = watchProcess();
  const metrics: MetricsSources = {
    sockets: () => sockets.sockets(),
    connections,
    process: watch,
    mails: () => mailBacklog(services),
    webhooks: () => webhookBacklog(services),
  };
  const exports = auditExport(services, rate);
  const pages = outboxAddress(config) === null ? [exports] : [exports, mailPages(services)];
  const http = createHttpServer(services, { yoga, ready, admit }, metrics, pages);
  const sockets = serveWebSocket(http.server, services, { yoga, operations, ready, judge, rate, connections });

  /** In this order: nobody new comes in, those inside leave, what works on the database stops, the database closes. */
  const closers: readonly (readonly [name: string, close: () => Promise<unknown>])[] = [
    ['requests', () => http.close()],
    ['sockets', () => sockets.close()],
    ['mail', () => mails.stop()],
    ['webhooks', () => webhooks.stop()],
    ['clean-up', () => cleaning.stop()],
    ['deadlines', () => deadlines.stop()],
    ['presence', () => lease.stop()],
    ['database', () => db.close()],
    ['process watch', async () => watch.stop()],
  ];
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    for (const [name, close] of closers) {
      try {
        await close();
      } catch (error) {
        log.error({ err: error, closer: name }, 'could not be closed');
      }
    }
  }

  return {
    services,
    yoga,
    webhooks,
    listen: () =>
      new Promise((resolve, reject) => {
        const { server } = http;
        server.once('error', reject);
        server.listen(config.PORT, config.HOST, () => {
          server.off('error', reject);
          resolve((server.address() as AddressInfo).port);
        });
      }),
    close() {
      stopping = true;
      closing ??= closeAll();
      return closing;
    },
  };
}
