import { Anchor, Group, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch } from 'wouter';
import type { OnePolicyQuery, Service } from '../../../graphql/graphql.ts';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { servicePath } from '../../app/services.ts';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { Ago } from '../../parts/ago.tsx';
import { TabLinks } from '../../parts/tab-links.tsx';
import { may } from '../may.ts';
import { Assignments } from './assignments.tsx';
import { OnePolicy, PolicyFormQuery } from './operations.ts';
import { PolicyActions } from './policy-actions.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { PolicyReading } from './policy-reading.tsx';
import { Versions } from './versions.tsx';

export type Policy = Extract<OnePolicyQuery['node'], { __typename: 'Policy' }>;

/** One policy: what it sets, what it is assigned to, what it said before. */
export default function PolicyPage({ service, id }: { service: Service; id: string }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const { data, instead, again } = useData(OnePolicy, { id });
  const { data: form } = useData(PolicyFormQuery, { service });
  if (!data || !form) return instead;
  const policy = data.node;
  if (policy?.__typename !== 'Policy' || policy.service !== service) return <NotFound />;
  const settings = form.policySettings.settings;
  const mayManage = may(company, service, 'MANAGE_POLICIES');
  const base = `${servicePath(service)}/policies/${id}`;
  return (
    <Page
      title={policy.name}
      lead={
        <>
          {t('policies.lead', { service: common(`service.${service}`), version: policy.version })}{' '}
          <Ago at={policy.changedAt} /> {policy.changedBy && t('policies.by', { name: policy.changedBy.name })}
        </>
      }
      actions={mayManage && <PolicyActions policy={policy} />}
    >
      <Anchor component={Link} href={`${servicePath(service)}/policies`} size="sm">
        <Group component="span" gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {t('policies.back', { service: common(`service.${service}`) })}
        </Group>
      </Anchor>
      <TabLinks
        label={t('policies.tabs', { name: policy.name })}
        tabs={[
          { path: `${base}/settings`, label: t('policies.settings') },
          { path: `${base}/assignments`, label: t('policies.assignments'), count: policy.assignments.totalCount },
          { path: `${base}/versions`, label: t('policies.versions'), count: policy.version },
        ]}
      />
      <Switch>
        <Route path={base}>
          <Redirect to={`${base}/settings`} replace />
        </Route>
        <Route path={`${base}/settings`}>
          {mayManage ? (
            <PolicyEditor policy={policy} form={settings} onOutdated={again} />
          ) : (
            <>
              <Text size="sm">{t('policies.readOnly')}</Text>
              <PolicyReading policy={policy} form={settings} />
            </>
          )}
        </Route>
        <Route path={`${base}/assignments`}>
          <Assignments policy={policy} />
        </Route>
        <Route path={`${base}/versions`}>
          <Versions policy={policy} form={settings} />
        </Route>
        <Route component={NotFound} />
      </Switch>
    </Page>
  );
}
