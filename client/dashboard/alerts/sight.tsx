import { Alert, Text } from '@mantine/core';
import { IconEye, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../graphql/graphql.ts';
import { SERVICES } from '../app/services.ts';
import { useAccount, type ViewerCompany } from '../data/session.tsx';
import { Empty } from '../parts/empty.tsx';

interface Sight {
  readonly all: readonly Service[];
  readonly own: readonly Service[];
}

/** Whose alerts somebody sees and acknowledges: all of a service, those of their own devices, or none (PER-04 … PER-06). */
export function sightOf(company: ViewerCompany | null, service: Service | null): Sight {
  const grants = company?.viewerPermissions ?? [];
  const holds = (one: Service, permission: string): boolean =>
    grants.some((grant) => grant.service === one && grant.permission === permission);
  const services = SERVICES.filter((one) => service === null || one === service);
  const all = services.filter((one) => holds(one, 'HANDLE_ALL_ALERTS'));
  return { all, own: services.filter((one) => !all.includes(one) && holds(one, 'HANDLE_OWN_ALERTS')) };
}

/** Says in a sentence what is shown here by permission, where that is not everything. */
export function SightNote({ service }: { service: Service | null }) {
  const { t, i18n } = useTranslation('alerts');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const { all, own } = sightOf(company, service);
  if (own.length === 0 && (service !== null || all.length === SERVICES.length)) return null;
  const names = (services: readonly Service[]): string =>
    new Intl.ListFormat(i18n.language).format(services.map((one) => common(`service.${one}`)));
  return (
    <Alert icon={<IconEye />} color="gray">
      {all.length > 0 && <Text size="sm">{t('sight.all', { services: names(all) })}</Text>}
      {own.length > 0 && <Text size="sm">{t('sight.own', { services: names(own) })}</Text>}
    </Alert>
  );
}

/** No permission shows any alert: why, and who can change that. */
export function NoSight() {
  const { t } = useTranslation('alerts');
  return (
    <Empty icon={IconLock} title={t('sight.none')}>
      <Text size="sm">{t('sight.noneText')}</Text>
    </Empty>
  );
}
