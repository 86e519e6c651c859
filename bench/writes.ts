import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { SQLITE_FILE } from '../server/db/sqlite.ts';
import { BareRows, type Insert, type Row, tablesOf, transactionsOf } from './bare-rows.ts';
import { type Child, startChild } from './child.ts';
import { Connection, postRequest } from './connection.ts';
import { benchSettings, type Example } from './example.ts';
import { progress, shown, table } from './report.ts';
import type { Comparison, Outcome } from './results.ts';
import { median } from './statistics.ts';

/** Callers at the same time, each with a pair of devices of its own. */
const CALLERS = [1, 8, 64] as const;
const ROUNDS = 5;
const ROUND_MS = 1_500;
const WARM_UP_MS = 3_000;
/** Invitations whose rows are inserted in one round. */
const MOST_REPLAYED = 1_000;

/** Issue 6: of the speed of the bare inserts. */
const LEAST_RATIO = 0.4;

const INVITE = `mutation Invite($input: InviteDeviceInput!) {
  inviteDevice(input: $input) { ... on InviteDevicePayload { invitation { id revision } } ... on UserError { code } }
}`;
const ACCEPT = `mutation Accept($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) {
    ... on AcceptInvitationPayload { invitation { session { id } } }
    ... on UserError { code }
  }
}`;
const END = `mutation End($input: EndSessionInput!) {
  endSession(input: $input) { ... on EndSessionPayload { session { id } } ... on UserError { code } }
}`;

export type Device = Pick<Example['devices'][number], 'address' | 'credential'>;

/** Measures invitations that are sent, accepted and ended against inserts of the rows that this leaves. */
export async function benchWrites(example: Example): Promise<Outcome> {
  const beckon = await startChild('dist/server/main.js', benchSettings(example.folder));
  const replay = new Replay(example.folder);
  try {
    await lives([beckon], example.devices, CALLERS.at(-1) ?? 1, WARM_UP_MS);
    const rates = new Map<string, number[]>();
    const note = (name: string, perSecond: number) => rates.set(name, [...(rates.get(name) ?? []), perSecond]);
    for (let round = 1; round <= ROUNDS; round++) {
      for (const callers of CALLERS) {
        progress(`writes: round ${round} of ${ROUNDS}, ${callers} callers`);
        note(`Beckon, ${callers} at a time`, await lives([beckon], example.devices, callers, ROUND_MS));
      }
      note(BARE, replay.run(ROUND_MS));
    }
    progress('');
    return print(rates, replay.rowsPerLife);
  } finally {
    replay.close();
    await beckon.stop();
  }
}

const BARE = 'bare: the same rows by better-sqlite3, three commits';

/** Whole invitations a second, of callers that are spread over the servers. */
export async function lives(
  servers: readonly Child[],
  devices: readonly Device[],
  callers: number,
  forMs: number,
): Promise<number> {
  const end = performance.now() + forMs;
  const start = performance.now();
  const counts = await Promise.all(
    Array.from({ length: callers }, async (_, i) => {
      const [inviter, recipient] = [devices[2 * i], devices[2 * i + 1]];
      if (!inviter || !recipient) throw new Error('the example has too few devices');
      const connection = await Connection.open((servers[i % servers.length] as Child).port);
      try {
        let count = 0;
        for (; performance.now() < end; count++) await life(connection, inviter, recipient);
        return count;
      } finally {
        connection.close();
      }
    }),
  );
  return (counts.reduce((all, count) => all + count, 0) / (performance.now() - start)) * 1000;
}

/** An invitation from its creation to the end of the session that it led to: three mutations. */
async function life(connection: Connection, inviter: Device, recipient: Device): Promise<void> {
  const invited = await mutate(connection, inviter, INVITE, { recipient: recipient.address, origin: 'OWN_ID' });
  const { id, revision } = invited.inviteDevice.invitation;
  const accepted = await mutate(connection, recipient, ACCEPT, { id, revision });
  await mutate(connection, inviter, END, { id: accepted.acceptInvitation.invitation.session.id });
}

async function mutate(connection: Connection, { credential }: Device, query: string, input: object) {
  const request = postRequest({ query, variables: { input } }, { authorization: `Bearer ${credential}` });
  const { status, body } = await connection.send(request);
  const { data } = JSON.parse(body.toString());
  if (status !== 200 || !data || body.includes('"code"')) throw new Error(`refused: ${status} ${body}`);
  return data;
}

/** The rows that invitations, sessions and the event log gained, one transaction for each mutation. */
class Replay {
  readonly #source: SqliteDatabase.Database;
  readonly #target: BareRows;
  rowsPerLife = 0;

  constructor(folder: string) {
    this.#source = new SqliteDatabase(join(folder, SQLITE_FILE), { readonly: true });
    this.#target = new BareRows(join(folder, 'bare.sqlite'), tablesOf(this.#source));
  }

  /** Whole invitations a second. */
  run(forMs: number): number {
    const lives = this.#newestLives();
    this.rowsPerLife = (lives[0] ?? []).flat().length;
    this.#target.clear();
    const start = performance.now();
    let count = 0;
    for (const mutations of lives) {
      for (const inserts of mutations) this.#target.write(inserts);
      count += 1;
      if (performance.now() - start > forMs) break;
    }
    return (count / (performance.now() - start)) * 1000;
  }

  /** The rows of each of the newest invitations that ended, mutation by mutation. */
  #newestLives(): Insert[][][] {
    const sessions = this.#source
      .prepare<[number], Row>('select * from support_sessions where ended_at is not null order by rowid desc limit ?')
      .all(MOST_REPLAYED);
    const oneOf = (sql: string) => {
      const statement = this.#source.prepare<[unknown], Row>(sql);
      return (key: unknown) => statement.get(key) as Row;
    };
    const invitation = oneOf('select * from invitations where id = ?');
    const stream = oneOf(`select * from streams where name = 'session:' || ?`);
    const permissions = oneOf('select * from session_permission_changes where session_id = ?');
    const subjects = JSON.stringify(sessions.flatMap((row) => [row['id'], row['invitation_id']]));
    const events = this.#source
      .prepare<[string], Row>(
        'select * from events where subject in (select value from json_each(?)) order by events.rowid',
      )
      .all(subjects);
    const bySubject = Map.groupBy(events, (row) => row['subject']);
    return sessions.map((session) =>
      transactionsOf({
        session,
        invitation: invitation(session['invitation_id']),
        stream: stream(session['id']),
        permissions: permissions(session['id']),
        events: [session['invitation_id'], session['id']].flatMap((id) => bySubject.get(id) ?? []),
      }),
    );
  }

  close(): void {
    this.#source.close();
    this.#target.close();
  }
}

function print(rates: ReadonlyMap<string, readonly number[]>, rows: number): Outcome {
  const bare = median(rates.get(BARE) ?? []);
  const names = [BARE, ...[...rates.keys()].filter((name) => name !== BARE)];
  const figures = names.map((name) => {
    const perSecond = median(rates.get(name) ?? []);
    return { name, ratio: perSecond / bare, values: { 'invitations/s': perSecond } };
  });
  console.log(`\nInvitations sent, accepted and ended: three mutations, ${rows} rows; synchronous=FULL\n`);
  console.log(
    table(
      ['', 'a second', '÷ bare'],
      figures.map(({ name, ratio, values }) => [name, values['invitations/s'], ratio]),
    ),
  );
  const best = Math.max(...figures.slice(1).map(({ ratio }) => ratio));
  const comparison: Comparison = { title: 'Invitations sent, accepted and ended, by callers at a time', figures };
  const verdict = {
    what: 'invitations a second, many callers ÷ bare inserts',
    limit: `at least ${shown(LEAST_RATIO)}`,
    measured: shown(best),
    kept: best >= LEAST_RATIO,
  };
  return { comparisons: [comparison], verdicts: [verdict] };
}
