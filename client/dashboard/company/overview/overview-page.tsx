import { Anchor, Button, Card, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page } from '../../app/page.tsx';
import { SERVICES, servicePath } from '../../app/services.ts';
import { useAccount, type ViewerCompany } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { exactDate } from '../../parts/ago.tsx';
import { Section } from '../../parts/section.tsx';
import { ServicesSummary } from '../../services/operations.ts';
import { Seats } from '../../services/seats.tsx';
import { present, StateBar } from '../../services/states.tsx';
import { Attention } from './attention.tsx';
import { OnlineBar } from './online-bar.tsx';
import { CompanyOverview } from './operations.ts';

/** How the company stands: what needs somebody, who and what is in it, what runs. */
export default function OverviewPage() {
  const { company } = useAccount();
  return company && <Overview company={company} />;
}

function Overview({
  company: { name, viewerIsAdministrator: administrator, alertEventCursor },
}: {
  company: ViewerCompany;
}) {
  const { t, i18n } = useTranslation(['company', 'common']);
  const { data, instead } = useData(CompanyOverview, { administrator });
  const { data: summary } = useData(ServicesSummary, {});
  const company = data?.viewer.account?.company;
  const services = summary?.viewer.account?.company ?? null;
  if (!company) return instead;
  const { namespace, createdAt, deviceCount, members, memberInvitations, openAlerts, licences } = company;
  const invited = memberInvitations?.totalCount ?? 0;
  const running = SERVICES.filter((service) => services && present(services[service].states).length > 0);
  const inForce = licences.nodes
    .filter(({ status }) => status === 'ACTIVE')
    .sort((a, b) => SERVICES.indexOf(a.product) - SERVICES.indexOf(b.product));
  return (
    <Page
      title={name}
      lead={t('overview.lead', { namespace, date: exactDate(createdAt, i18n.language) })}
      actions={
        <Button component={Link} href="/company/settings" variant="default" leftSection={<IconSettings size={18} />}>
          {t('overview.settings')}
        </Button>
      }
    >
      <Stack gap="xl">
        <Section title={t('overview.attention')}>
          <Attention company={company} services={services} />
        </Section>
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Figure href="/company/members" title={t('overview.members')} count={members.totalCount}>
            {invited > 0 && t('overview.invited', { count: invited })}
          </Figure>
          <Figure href="/devices" title={t('overview.devices')} count={deviceCount} />
          {alertEventCursor ? (
            <Figure
              href="/alerts"
              title={t('overview.alerts')}
              count={openAlerts.totalCount}
              more={!openAlerts.totalCountIsExact}
            />
          ) : (
            <Card withBorder>
              <Text size="sm">{t('overview.alertsHidden')}</Text>
            </Card>
          )}
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl" verticalSpacing="xl">
          <Section title={t('overview.seats')}>
            {inForce.length === 0 ? (
              <Text size="sm">{t('overview.noLicences')}</Text>
            ) : (
              inForce.map((licence) => (
                <div key={licence.id}>
                  <Anchor component={Link} href="/company/licences" size="sm" fw={600}>
                    {t(`common:service.${licence.product}`)}
                  </Anchor>
                  <Seats overview={licence} />
                </div>
              ))
            )}
          </Section>
          <Stack gap="xl">
            <Section title={t('overview.devices')}>
              {deviceCount === 0 ? (
                <Text size="sm">
                  {t('overview.noDevices')}{' '}
                  <Anchor component={Link} href="/company/enrolment" inherit underline="always">
                    {t('overview.makeCode')}
                  </Anchor>
                </Text>
              ) : (
                <OnlineBar total={deviceCount} />
              )}
            </Section>
            {running.length > 0 && (
              <Section title={t('overview.services')}>
                {running.map((service) => (
                  <div key={service}>
                    <Anchor component={Link} href={`${servicePath(service)}/overview`} size="sm" fw={600}>
                      {t(`common:service.${service}`)}
                    </Anchor>
                    <StateBar states={services?.[service].states ?? []} />
                  </div>
                ))}
              </Section>
            )}
          </Stack>
        </SimpleGrid>
      </Stack>
    </Page>
  );
}

/** A number that leads to what it counts; there may be more than that. */
function Figure(props: { href: string; title: string; count: number; more?: boolean; children?: ReactNode }) {
  const { href, title, count, more = false, children } = props;
  const { i18n } = useTranslation();
  return (
    <Card withBorder>
      <Anchor component={Link} href={href} size="sm">
        {title}
      </Anchor>
      <Text fz={28} fw={650} lh={1.2}>
        {count.toLocaleString(i18n.language)}
        {more && '+'}
      </Text>
      {children && (
        <Text size="sm" c="dimmed">
          {children}
        </Text>
      )}
    </Card>
  );
}
