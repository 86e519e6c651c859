import { hashSecret, newSecret } from '../lib/secrets.ts';
import type { Services } from './context.ts';
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
 * Makes a new operator's token, for the server's command line only; the one before is worthless at once.
 */
export async function rotateOperatorToken({ db }: Pick<Services, 'db'>): Promise<string> {
  const token = newSecret('operatorToken');
  await db.write(({ q }) => replaceSetting(q, 'operator_token_hash', hashSecret(token)));
  return token;
}
