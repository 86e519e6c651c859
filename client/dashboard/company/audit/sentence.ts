import type { TFunction } from 'i18next';
import type { AuditRecordFieldsFragment } from '../../../graphql/graphql.ts';
import { type Change, isChange } from './changes.ts';

type Words = TFunction<readonly ['audit', 'common']>;
/** What a sentence is made of; enough of a record. */
export type Told = Pick<AuditRecordFieldsFragment, 'concept' | 'change' | 'subject' | 'actor' | 'fields' | 'names'>;

/** A record in one sentence: who did what to whom or what. */
export function sentenceOf(t: Words, record: Told): string {
  const actor = actorOf(t, record);
  const subject = subjectOf(t, record) ?? t('audit:unnamed');
  const name = `${record.concept}.${record.change}`;
  if (!isChange(name)) return t('audit:other', { actor, name });
  return t(`audit:change.${name}`, { actor, subject });
}

/** What can happen, as a filter offers it: the sentence without who and what. */
export function outlineOf(t: Words, change: Change): string {
  return t(`audit:change.${change}`, { actor: '…', subject: '…' });
}

/** Who did it. */
export function actorOf(t: Words, { actor }: Pick<Told, 'actor'>): string {
  return actor.name ?? t(`audit:actor.${actor.kind}`);
}

/** Parts that say what the subject is called, where the server has no name for it. */
const NAMING = ['name', 'label', 'email', 'url', 'alias'];

/** What it happened to; null where nothing says what it is called. */
function subjectOf(t: Words, { concept, subject, names, fields }: Told): string | null {
  const named = (id: unknown): string | undefined => names.find((one) => one.id === id)?.name;
  const part = (name: string): unknown => {
    const field = fields.find((one) => one.field === name);
    const written = field?.after ?? field?.before;
    return written ? JSON.parse(written) : undefined;
  };
  const device = named(part('deviceId'));
  const service = part('service');
  if (concept === 'service' && device && typeof service === 'string') {
    return t('audit:serviceOn', { service: t(`common:service.${service}` as 'common:service.BACKUP'), device });
  }
  const written = NAMING.map(part).find((text) => typeof text === 'string');
  return named(subject) ?? (typeof written === 'string' ? written : null) ?? device ?? named(part('accountId')) ?? null;
}
