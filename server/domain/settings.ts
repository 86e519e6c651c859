import { eq, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { prepared } from '../db/prepared.ts';
import { settings } from '../db/tables/settings.ts';

/** What the installation keeps for itself, shared by its nodes. */
export type SettingName = 'captcha_secret' | 'operator_token_hash';

const byName = prepared('setting_by_name', (q) =>
  q
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.name, sql.placeholder('name'))),
);

export async function readSetting(q: Queries, name: SettingName): Promise<string | null> {
  const [row] = await byName(q, { name });
  return row?.value ?? null;
}

/** Stores the value where there is none yet, and tells whether it did: of several nodes that start at once, one does. */
export async function initialiseSetting(q: Queries, name: SettingName, value: string): Promise<boolean> {
  const rows = await q
    .insert(settings)
    .values({ name, value })
    .onConflictDoNothing()
    .returning({ name: settings.name });
  return rows.length > 0;
}

/** Stores the value, whatever was there. */
export async function replaceSetting(q: Queries, name: SettingName, value: string): Promise<void> {
  await q.insert(settings).values({ name, value }).onConflictDoUpdate({ target: settings.name, set: { value } });
}
