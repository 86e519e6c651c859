import { parse, subscribe } from 'graphql';
import { raiseAlert } from '../domain/alert-changes.ts';
import { change } from '../domain/change.ts';
import { Denial, type DenialCode } from '../domain/denials.ts';
import { streamOf } from '../domain/event-log.ts';
import { encodeCursor } from '../domain/event-stream.ts';
import { createLoaders } from '../schema/loaders.ts';
import { schemaOnce } from './operations.ts';
import { type TwoEstates, VIEWERS, type Viewer } from './viewers.ts';

/** A stream that a viewer may try to follow. */
export interface TriedStream {
  /** As the event log calls it. */
  readonly name: string;
  /** The subscription, such as `companyEvents`. */
  readonly field: string;
  readonly args: string;
}

/** An event as the schema gives it. */
export interface ToldEvent {
  readonly __typename: string;
  readonly [field: string]: unknown;
}

export interface Replayed {
  /** Why the stream could not be followed. */
  readonly denied: DenialCode | null;
  readonly events: readonly ToldEvent[];
}

/**
 * By every subscription, the stream that a viewer may try: the session and the alerts of the first company, and the
 * inboxes of who asks; of who has none, those of the first company’s device and administrator.
 */
export function streamsFor({ estate, other, viewers }: TwoEstates, viewer: Viewer): TriedStream[] {
  const { principal } = viewers[viewer];
  const { companyId, sessionId, device, admin } = estate;
  const deviceId = principal.kind === 'device' ? principal.deviceId : device.device.id;
  const accountId = principal.kind === 'account' ? principal.accountId : admin.account.id;
  const ownCompany = viewer.startsWith('other') ? other.companyId : companyId;
  return [
    { name: streamOf.device(deviceId), field: 'deviceEvents', args: '' },
    { name: streamOf.account(accountId), field: 'accountEvents', args: '' },
    { name: streamOf.company(ownCompany), field: 'companyEvents', args: '' },
    { name: streamOf.session(sessionId), field: 'sessionEvents', args: `, id: "${sessionId}"` },
    { name: streamOf.alerts(companyId), field: 'alertEvents', args: `, companyId: "${companyId}"` },
  ];
}

/** What the last event of each stream says: where reading ends. */
const LAST = 'THE_LAST';

/** Has every stream that anybody may try end with an event that all who follow it hear. */
export async function tellLast(world: TwoEstates): Promise<void> {
  const { estate } = world;
  const names = VIEWERS.flatMap((viewer) => streamsFor(world, viewer).map(({ name }) => name));
  const heard = names.filter((name) => name !== streamOf.alerts(estate.companyId));
  const event = { concept: 'company', change: LAST, subject: estate.companyId, streams: [...new Set(heard)] };
  await change(estate.adminCtx, 'last', {}, async (tx) => tx.emit(event));
  const alert = { kind: 'ALERT', service: 'MONITORING', severity: 'WARNING', subject: 'last', message: LAST } as const;
  await raiseAlert(estate.guest.ctx, alert);
}

/**
 * All that the viewer is told of a stream, from the first event to the one before the last (`tellLast`); from a cursor
 * that the stream has not come to, no more than that.
 */
export async function replay(
  { viewers }: TwoEstates,
  viewer: Viewer,
  { name, field, args }: TriedStream,
  selection: string,
  from = 0,
): Promise<Replayed> {
  const ctx = viewers[viewer];
  const document = parse(`subscription ($after: Cursor) { ${field}(after: $after${args}) ${selection} }`);
  const contextValue = { ...ctx, loaders: createLoaders(ctx), setCookie: null };
  const variableValues = { after: encodeCursor(name, from) };
  const stream = await subscribe({ schema: schemaOnce(), document, variableValues, contextValue });
  if (!(Symbol.asyncIterator in stream)) {
    const error = stream.errors?.[0]?.originalError;
    if (error instanceof Denial) return { denied: error.code, events: [] };
    throw error ?? new Error(`${field}: no stream`);
  }
  const events: ToldEvent[] = [];
  for await (const { data, errors = [] } of stream) {
    for (const { originalError } of errors) if (!(originalError instanceof Denial)) throw originalError;
    const event = data?.[field] as ToldEvent | undefined;
    if (!event) continue;
    if (JSON.stringify(event).includes(LAST)) break;
    events.push(event);
    if (event.__typename === 'StreamResetEvent') break;
  }
  return { denied: null, events };
}
