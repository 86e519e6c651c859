import { Alert, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { IconFileOff, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyRowFragment, Service } from '../../../graphql/graphql.ts';
import { useAccount } from '../../data/session.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { Empty } from '../../parts/empty.tsx';
import { may } from '../may.ts';
import { ActivateService } from '../operations.ts';
import { PolicyMaker } from '../policies/new-policy.tsx';
import { Policies } from '../policies/operations.ts';
import type { Chosen, Outcome } from './activate.tsx';

interface ChoosePolicyProps {
  readonly service: Service;
  readonly devices: Chosen;
  onBack(): void;
  onDone(outcomes: readonly Outcome[]): void;
}

/** The last step before it happens: exactly one policy of the service (SVC-04), or a new one. */
export function ChoosePolicy({ service, devices, onBack, onDone }: ChoosePolicyProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const { company } = useAccount();
  const [policyId, setPolicyId] = useState('');
  const [making, setMaking] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const pages = usePages(Policies, { service, first: 50 }, (data) => data.viewer.account?.company?.policies);
  const { run, busy } = useMutate(ActivateService);
  const mayMake = may(company, service, 'MANAGE_POLICIES');

  if (making) {
    return (
      <PolicyMaker
        service={service}
        onCancel={() => setMaking(false)}
        onMade={(id) => {
          setPolicyId(id);
          setMaking(false);
        }}
      />
    );
  }
  const activate = async (): Promise<void> => {
    const { payload, refusal } = await run({ service, policyId, deviceIds: [...devices.keys()] });
    setRefused(refusal?.message ?? null);
    if (payload) onDone(payload.outcomes);
  };
  return (
    <Stack>
      <Radio.Group label={t('activate.whichPolicy')} value={policyId} onChange={setPolicyId}>
        <Stack gap="xs" mt="xs">
          {pages.rows.map((policy) => (
            <PolicyCard key={policy.id} policy={policy} />
          ))}
        </Stack>
      </Radio.Group>
      {!pages.loading && pages.rows.length === 0 && (
        <Empty icon={IconFileOff} title={t('policies.empty')}>
          <Text size="sm">{mayMake ? t('activate.makeFirst') : t('activate.askForPolicy')}</Text>
        </Empty>
      )}
      <Group>
        {pages.hasMore && (
          <Button variant="subtle" onClick={pages.loadMore}>
            {common('showMore')}
          </Button>
        )}
        {mayMake && (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
            {t('policies.new')}
          </Button>
        )}
      </Group>
      {refused && (
        <Alert color="red" role="alert">
          {refused}
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {common('back')}
        </Button>
        <Button disabled={policyId === ''} loading={busy} onClick={() => void activate()}>
          {t('activate.submit', { count: devices.size })}
        </Button>
      </Group>
    </Stack>
  );
}

function PolicyCard({ policy }: { policy: PolicyRowFragment }) {
  const { t } = useTranslation('services');
  return (
    <Radio.Card value={policy.id} p="sm" aria-label={policy.name}>
      <Group wrap="nowrap" align="flex-start">
        <Radio.Indicator />
        <div>
          <Text size="sm" fw={500}>
            {policy.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t('policies.version', { version: policy.version })} ·{' '}
            {t('policies.assignedTo', { count: policy.assignments.totalCount })}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  );
}
