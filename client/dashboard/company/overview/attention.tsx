import { Anchor, Group, Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type {
  CompanyLicenceFragment,
  CompanyOverviewQuery,
  EnrolmentCodeFieldsFragment,
  Service,
  ServiceSummaryFragment,
} from '../../../graphql/graphql.ts';
import { SERVICES, servicePath } from '../../app/services.ts';
import { useAccount, useSession } from '../../data/session.tsx';
import { Ago } from '../../parts/ago.tsx';

type Overview = NonNullable<NonNullable<CompanyOverviewQuery['viewer']['account']>['company']>;

/** A licence whose end is so near, in ms, is worth a word. */
const SOON_MS = 30 * 86_400_000;

interface AttentionProps {
  readonly company: Overview;
  readonly services: Readonly<Record<Service, ServiceSummaryFragment>> | null;
}

interface Item {
  readonly key: string;
  readonly href: string;
  readonly text: ReactNode;
}

/** What somebody should look at: what has lapsed or will, what failed, what was left lying. */
export function Attention({ company, services }: AttentionProps) {
  const { t } = useTranslation('company');
  const items = [
    ...useOffers(),
    ...useAlerts(company),
    ...useLicences(company.licences.nodes),
    ...useServices(services),
    ...useCodes(company.enrolmentCodes.nodes),
    ...useMembers(company),
  ];
  if (items.length === 0) {
    return (
      <Group gap="xs">
        <ThemeIcon variant="light" color="teal" radius="xl" aria-hidden>
          <IconCheck size={18} />
        </ThemeIcon>
        <Text size="sm">{t('overview.nothing')}</Text>
      </Group>
    );
  }
  return (
    <Paper withBorder>
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('overview.attention')}>
        {items.map(({ key, href, text }) => (
          <Group key={key} component="li" px="md" py="sm" gap="sm" wrap="nowrap" align="flex-start">
            <IconAlertTriangle size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
            <Text size="sm" flex={1}>
              {text}{' '}
              <Anchor component={Link} href={href} inherit underline="always">
                {t('attention.see')}
              </Anchor>
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}

function useOffers(): Item[] {
  const { t } = useTranslation(['company', 'common']);
  return useAccount()
    .licenceOffers.filter(({ activatedByViewer }) => !activatedByViewer)
    .map(({ licenceId, product }) => ({
      key: licenceId,
      href: '/company/licences',
      text: t('attention.offer', { service: t(`common:service.${product}`) }),
    }));
}

function useAlerts({ criticalAlerts: { totalCount: count, totalCountIsExact: exact } }: Overview): Item[] {
  const { t } = useTranslation('company');
  const text = exact ? t('attention.alerts', { count }) : t('attention.alertsMore', { total: count });
  return count === 0 ? [] : [{ key: 'alerts', href: '/alerts', text }];
}

function useLicences(licences: readonly CompanyLicenceFragment[]): Item[] {
  const { t } = useTranslation(['company', 'common']);
  const { beckon } = useSession();
  const soon = beckon.serverNow() + SOON_MS;
  const inForce = new Set(licences.flatMap(({ status, product }) => (status === 'ACTIVE' ? [product] : [])));
  return licences.flatMap(({ id, product, status, expiresAt, seats, seatsUsed }) => {
    const service = t(`common:service.${product}`);
    const item = (key: string, text: ReactNode): Item => ({ key: `${id} ${key}`, href: '/company/licences', text });
    // One that was replaced by another is history.
    if (status === 'EXPIRED') return inForce.has(product) ? [] : [item('expired', t('attention.expired', { service }))];
    if (status === 'SUSPENDED') return [item('suspended', t('attention.suspended', { service }))];
    const ending = (
      <>
        {t('attention.expires', { service })} <Ago at={expiresAt} />.
      </>
    );
    return [
      ...(Date.parse(expiresAt) < soon ? [item('expires', ending)] : []),
      ...(seatsUsed >= seats ? [item('full', t('attention.full', { service }))] : []),
    ];
  });
}

function useServices(services: AttentionProps['services']): Item[] {
  const { t } = useTranslation(['company', 'common']);
  return SERVICES.flatMap((service) => {
    const count = services?.[service].states.find(({ state }) => state === 'FAILED')?.count ?? 0;
    if (count === 0) return [];
    const text = t('attention.failed', { count, service: t(`common:service.${service}`) });
    return [{ key: service, href: `${servicePath(service)}/overview`, text }];
  });
}

function useCodes(codes: readonly EnrolmentCodeFieldsFragment[]): Item[] {
  const { t } = useTranslation('company');
  return codes
    .filter(({ status, uses }) => status === 'USABLE' && uses === 0)
    .map(({ id, label, expiresAt }) => ({
      key: id,
      href: '/company/enrolment',
      text: (
        <>
          {t('attention.unused', { label })} <Ago at={expiresAt} />.
        </>
      ),
    }));
}

function useMembers({ requireSecondFactor, withoutSecondFactor }: Overview): Item[] {
  const { t } = useTranslation('company');
  const count = withoutSecondFactor?.totalCount ?? 0;
  if (!requireSecondFactor || count === 0) return [];
  return [{ key: 'factor', href: '/company/members?secondFactor=no', text: t('attention.secondFactor', { count }) }];
}
