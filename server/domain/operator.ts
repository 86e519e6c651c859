import { hashSecret, newSecret } from '../lib/secrets.ts';
import type { Services } from './context.ts';
import { appendEvents } from './event-append.ts';
import { streamOf } from './event-log.ts';
import { initialiseSetting, replaceSetting } from './settings.ts';

/**
 * On the first start of an installation, makes the operator's token and returns it, to be shown this once on the
 * server's console; null ever after. Of several nodes that start at once, one makes it. May be repeated.
 */
export async function ensureOperator({ db }: Pick<Services, 'db'>): Promise<string | null> {
  const token = newSecret('operatorToken');
  const made = await db.write(({ q }) => initialiseSetting(q, 'operator_token_hash', hashSecret(token)));
  return made ? token : null;
}

/**
 * Makes a new operator's token, for the server's command line only; the one before is worthless at once. Event:
 * operatorToken ROTATED, to the operator's log.
 */
export async function rotateOperatorToken({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<string> {
  const token = newSecret('operatorToken');
  const at = clock.now();
  await db.write(async ({ q }) => {
    await replaceSetting(q, 'operator_token_hash', hashSecret(token));
    await appendEvents(
      q,
      [{ concept: 'operatorToken', change: 'ROTATED', subject: 'operator', streams: [streamOf.operator()] }],
      // No request did it: whoever may run commands on the server.
      { at, actor: { kind: 'SYSTEM', id: null }, requestId: 'operator-token', address: null },
    );
  });
  return token;
}
