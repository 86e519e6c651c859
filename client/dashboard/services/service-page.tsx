import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { servicePath } from '../app/services.ts';
import { useAccount } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { TabLinks } from '../parts/tab-links.tsx';
import { mayHandleAlerts } from './may.ts';
import { OneService } from './operations.ts';

interface ServicePageProps {
  readonly service: Service;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of a service's pages: what it is for, and its tabs. */
export function ServicePage({ service, actions, children }: ServicePageProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const { data } = useData(OneService, { service });
  const base = servicePath(service);
  const openAlerts = data?.viewer.account?.company?.alerts;
  return (
    <Page title={common(`service.${service}`)} lead={t(`about.${service}`)} actions={actions}>
      <TabLinks
        label={t('tabs.label', { service: common(`service.${service}`) })}
        tabs={[
          { path: `${base}/overview`, label: t('tabs.overview') },
          { path: `${base}/policies`, label: t('tabs.policies') },
          {
            path: `${base}/alerts`,
            label: t('tabs.alerts'),
            ...(mayHandleAlerts(company, service) && {
              count: openAlerts?.totalCount,
              more: openAlerts?.totalCountIsExact === false,
            }),
          },
          ...(service === 'BACKUP' ? [{ path: `${base}/snapshots`, label: t('tabs.snapshots') }] : []),
        ]}
      />
      {children}
    </Page>
  );
}
