import { Alert, Anchor, Card, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconShoppingCartOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Service, ServiceSummaryFragment } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { SERVICES, servicePath } from '../app/services.ts';
import { useAccount } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { mayHandleAlerts } from './may.ts';
import { ServicesSummary } from './operations.ts';
import { Seats } from './seats.tsx';
import { present, StateBar } from './states.tsx';

/** Every service of Remote Management, and how it stands in the company. */
export default function AllServices() {
  const { t } = useTranslation('services');
  const { data, instead } = useData(ServicesSummary, {});
  const company = data?.viewer.account?.company;
  const bought = SERVICES.filter((service) => company?.[service].bought);
  return (
    <Page title={t('title')} lead={t('lead')}>
      {company && bought.length === 0 && (
        <Alert title={t('noneBought')} icon={<IconShoppingCartOff />}>
          {t('howToBuy')}
        </Alert>
      )}
      {company ? (
        <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
          {SERVICES.map((service) => (
            <ServiceCard
              key={service}
              service={service}
              overview={company[service]}
              openAlerts={company[`${service}_alerts`]}
            />
          ))}
        </SimpleGrid>
      ) : (
        instead
      )}
    </Page>
  );
}

interface ServiceCardProps {
  readonly service: Service;
  readonly overview: ServiceSummaryFragment;
  readonly openAlerts: { readonly totalCount: number; readonly totalCountIsExact: boolean };
}

function ServiceCard({ service, overview, openAlerts }: ServiceCardProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const base = servicePath(service);
  const empty = present(overview.states).length === 0;
  return (
    <Card withBorder component="section" aria-label={common(`service.${service}`)}>
      <Stack gap="sm" h="100%">
        <div>
          <Title order={2} size="h4">
            <Anchor component={Link} href={`${base}/overview`} inherit>
              {common(`service.${service}`)}
            </Anchor>
          </Title>
          <Text size="sm" c="dimmed">
            {t(`about.${service}`)}
          </Text>
        </div>
        {overview.bought ? <Seats overview={overview} /> : <NotBought overview={overview} />}
        {!empty && <StateBar states={overview.states} />}
        {overview.bought && empty && (
          <Text size="sm">{overview.viewerCanActivate ? t('card.onNoDevice') : t('card.onNoDeviceYet')}</Text>
        )}
        <Group justify="space-between" mt="auto">
          {mayHandleAlerts(company, service) && openAlerts.totalCount > 0 ? (
            <Anchor component={Link} href={`${base}/alerts`} size="sm">
              <Group component="span" gap={6} wrap="nowrap">
                <IconAlertTriangle size={16} aria-hidden />
                {openAlerts.totalCountIsExact
                  ? t('card.openAlerts', { count: openAlerts.totalCount })
                  : t('card.openAlertsMore', { total: openAlerts.totalCount })}
              </Group>
            </Anchor>
          ) : (
            overview.bought && (
              <Text size="sm" c="dimmed">
                {mayHandleAlerts(company, service) ? t('card.noAlerts') : t('card.alertsHidden')}
              </Text>
            )
          )}
          {overview.viewerCanActivate && (
            <Anchor component={Link} href={`${base}/activate`} size="sm">
              {t('activateService')}
            </Anchor>
          )}
        </Group>
      </Stack>
    </Card>
  );
}

interface NotBoughtProps {
  readonly overview: ServiceSummaryFragment;
}

/** What is missing, and how to get it: nobody here can buy it by a click. What runs under a lapsed licence goes on (LIC-12). */
export function NotBought({ overview: { unmet } }: NotBoughtProps) {
  const { t } = useTranslation('services');
  const lapsed = unmet.find(({ condition }) => condition === 'LICENCE_EXPIRED' || condition === 'LICENCE_SUSPENDED');
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      <IconShoppingCartOff size={18} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
      <Text size="sm">
        <strong>{lapsed?.message ?? t('notBought')}</strong> {lapsed ? t('lapsed') : t('howToBuy')}
      </Text>
    </Group>
  );
}
