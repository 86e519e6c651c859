import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type {
  AuditRecordFieldsFragment,
  Permission,
  Platform,
  Service,
  SessionPermission,
} from '../../../graphql/graphql.ts';
import { SERVICES } from '../../app/services.ts';
import { exactTime } from '../../parts/ago.tsx';
import { SESSION_PERMISSIONS } from '../../parts/session-permissions.ts';
import { byService, type Grant } from '../access/grants.ts';

/** The parts whose values are codes of the API. */
const CODED: ReadonlySet<string> = new Set([
  'edition',
  'kind',
  'language',
  'origin',
  'reason',
  'severity',
  'state',
  'status',
]);

type Record = Pick<AuditRecordFieldsFragment, 'names'>;

/** How the parts of a record are read. */
export interface ValueWords {
  /** What a part is called; its own name where there is no better one. */
  labelOf(field: string): string;
  /** A value as people write it; the names of what it names by id. */
  textOf(record: Record, field: string, json: string | null | undefined): string;
}

export function useValueWords(): ValueWords {
  const { t, i18n } = useTranslation(['audit', 'common', 'members']);
  return {
    labelOf: (field) => (i18n.exists(`audit:field.${field}`) ? t(`audit:field.${field}` as 'audit:field.name') : field),
    textOf: (record, field, json) =>
      json ? text(t, i18n.language, record, field, JSON.parse(json)) : t('details.nothing'),
  };
}

type Words = TFunction<['audit', 'common', 'members']>;

function text(t: Words, language: string, record: Record, field: string, value: unknown): string {
  const each = (one: unknown): string => text(t, language, record, field, one);
  if (value === null || value === '') return t('details.nothing');
  if (typeof value === 'boolean') return value ? t('common:yes') : t('common:no');
  if (typeof value === 'number' && field.endsWith('At')) return exactTime(new Date(value).toISOString(), language);
  if (typeof value === 'string') return named(t, record, field, value);
  if (!Array.isArray(value)) return typeof value === 'object' ? parts(each, value) : String(value);
  if (value.length === 0) return t('details.nothing');
  return field === 'grants' ? grants(t, value as Grant[]) : value.map(each).join(', ');
}

/** Settings, locks: each by its name in the API, which the log of somebody else's program has too. */
function parts(each: (one: unknown) => string, value: object): string {
  return Object.entries(value)
    .map(([name, part]) => `${name}: ${typeof part === 'object' && part !== null ? JSON.stringify(part) : each(part)}`)
    .join(' · ');
}

function named(t: Words, { names }: Record, field: string, value: string): string {
  const name = names.find(({ id }) => id === value)?.name;
  if (name) return name;
  if (SERVICES.some((service) => service === value)) return t(`common:service.${value as Service}`);
  if (CODED.has(field)) return code(t, value);
  if (field === 'platform') return t(`common:platform.${value as Platform}`);
  const permission = SESSION_PERMISSIONS.some((one) => one === value) && field === 'permissions';
  return permission ? t(`common:permission.${value as SessionPermission}`) : value;
}

function code(t: Words, value: string): string {
  const keys = [`audit:code.${value}`, `common:serviceState.${value}`] as [
    'audit:code.OPEN',
    'common:serviceState.ACTIVE',
  ];
  return t(keys, { defaultValue: value });
}

function grants(t: Words, marks: readonly Grant[]): string {
  return byService(marks)
    .map(({ service, permissions }) =>
      t('members:grid.of', {
        service: t(`common:service.${service}`),
        permissions: permissions.map((permission: Permission) => t(`members:permission.${permission}`)).join(', '),
      }),
    )
    .join(' · ');
}
