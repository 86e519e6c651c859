import { Button, Text } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';
import { Page } from '../app/page.tsx';
import { serviceAt, servicePath } from '../app/services.ts';
import { useAccount } from '../data/session.tsx';
import { Empty } from '../parts/empty.tsx';

const AllServices = lazy(() => import('./all-services.tsx'));
const Overview = lazy(() => import('./overview/overview.tsx'));
const Activate = lazy(() => import('./activation/activate.tsx'));
const Policies = lazy(() => import('./policies/policies.tsx'));
const NewPolicy = lazy(() => import('./policies/new-policy.tsx'));
const PolicyPage = lazy(() => import('./policies/policy-page.tsx'));
const AssignPolicy = lazy(() => import('./policies/assign-policy.tsx'));
const ServiceAlerts = lazy(() => import('./service-alerts.tsx'));
const Backups = lazy(() => import('./backup/backups.tsx'));
const BackupPage = lazy(() => import('./backup/backup-page.tsx'));

/** The pages below /services. */
export default function Pages() {
  const { company } = useAccount();
  if (!company) return <NoCompany />;
  return (
    <Switch>
      <Route path="/services" component={AllServices} />
      <Route path="/services/:service/*?">{({ service }) => <OneService name={service} />}</Route>
    </Switch>
  );
}

function OneService({ name }: { name: string }) {
  const service = serviceAt(name);
  if (!service) return <NotFound />;
  const base = servicePath(service);
  return (
    <Switch>
      <Route path={base}>
        <Redirect to={`${base}/overview`} replace />
      </Route>
      <Route path={`${base}/overview`}>
        <Overview service={service} />
      </Route>
      <Route path={`${base}/activate`}>
        <Activate service={service} />
      </Route>
      <Route path={`${base}/policies`}>
        <Policies service={service} />
      </Route>
      <Route path={`${base}/policies/new`}>
        <NewPolicy service={service} />
      </Route>
      <Route path={`${base}/policies/:id/assign`}>{({ id }) => <AssignPolicy service={service} id={id} />}</Route>
      <Route path={`${base}/policies/:id/*?`}>{({ id }) => <PolicyPage service={service} id={id} />}</Route>
      <Route path={`${base}/alerts`}>
        <ServiceAlerts service={service} />
      </Route>
      {service === 'BACKUP' && (
        <Route path={`${base}/snapshots`}>
          <Backups />
        </Route>
      )}
      {service === 'BACKUP' && <Route path={`${base}/snapshots/:id`}>{({ id }) => <BackupPage id={id} />}</Route>}
      <Route component={NotFound} />
    </Switch>
  );
}

/** Services belong to a company: without one there is nothing to show. */
function NoCompany() {
  const { t } = useTranslation('services');
  return (
    <Page title={t('title')}>
      <Empty icon={IconBuilding} title={t('noCompany')}>
        <Text size="sm">{t('noCompanyText')}</Text>
        <Button component={Link} href="/company">
          {t('toCompany')}
        </Button>
      </Empty>
    </Page>
  );
}
