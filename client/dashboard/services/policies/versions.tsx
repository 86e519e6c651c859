import { Alert, Button, Group, NativeSelect, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyVersionsQuery } from '../../../graphql/graphql.ts';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { messageOf, useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { may } from '../may.ts';
import { type Impact, ImpactDialog, useImpact } from './impact.tsx';
import { PolicyDifferences, PolicyVersions, RestorePolicyVersion } from './operations.ts';
import type { Policy } from './policy-page.tsx';
import { SettingText } from './setting-text.tsx';
import { draftOf, type SettingForm } from './settings.ts';

type Node = Extract<PolicyVersionsQuery['node'], { __typename: 'Policy' }>;
type Version = Node['versions']['nodes'][number];

interface VersionsProps {
  readonly policy: Policy;
  readonly form: readonly SettingForm[];
}

/** All versions of a policy, what differs between any two, and the way back to one. */
export function Versions({ policy, form }: VersionsProps) {
  const { t } = useTranslation('services');
  const { company } = useAccount();
  const mayManage = may(company, policy.service, 'MANAGE_POLICIES');
  const [restoring, setRestoring] = useState<Version | null>(null);
  const pages = usePages(PolicyVersions, { id: policy.id, first: 50 }, ({ node }) =>
    node?.__typename === 'Policy' ? node.versions : null,
  );
  const columns = useMemo<Column<Version>[]>(
    () => [
      { name: 'version', title: t('policies.versionTitle'), width: '6rem', cell: ({ version }) => version },
      { name: 'when', title: t('versions.when'), width: '2fr', cell: ({ createdAt }) => <Instant at={createdAt} /> },
      { name: 'who', title: t('versions.who'), width: '2fr', cell: ({ createdBy }) => createdBy?.name ?? '–' },
      {
        name: 'actions',
        title: '',
        width: '12rem',
        cell: (version) =>
          version.version === policy.version ? (
            <Text size="sm">{t('versions.inForce')}</Text>
          ) : (
            mayManage && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('versions.restoreThis', { version: version.version })}
                onClick={() => setRestoring(version)}
              >
                {t('versions.restore')}
              </Button>
            )
          ),
      },
    ],
    [t, mayManage, policy.version],
  );
  return (
    <Stack>
      <Rows
        label={t('policies.versions')}
        pages={pages}
        columns={columns}
        keyOf={({ version }) => String(version)}
        empty={<Empty icon={IconHistory} title={t('versions.none')} />}
      />
      {policy.version > 1 && <Comparison policy={policy} form={form} />}
      {restoring && (
        <Restoring
          key={restoring.version}
          policy={policy}
          form={form}
          version={restoring}
          onDone={() => setRestoring(null)}
        />
      )}
    </Stack>
  );
}

/** What differs between two versions that one chooses; at first, the last change. */
function Comparison({ policy, form }: VersionsProps) {
  const { t } = useTranslation('services');
  const [chosen, setChosen] = useState<{ from: number; to: number } | null>(null);
  const { from, to } = chosen ?? { from: policy.version - 1, to: policy.version };
  const { data, instead } = useData(PolicyDifferences, { id: policy.id, from, to });
  const numbers = Array.from({ length: policy.version }, (_, at) => String(policy.version - at));
  const differences = data?.node?.__typename === 'Policy' ? data.node.differences : null;
  const labels = new Map(form.map((setting) => [setting.name, setting]));
  return (
    <section aria-labelledby="comparison">
      <Title order={2} size="h4" id="comparison" mb="sm">
        {t('versions.compare')}
      </Title>
      <Group gap="sm" mb="sm">
        <NativeSelect
          label={t('versions.from')}
          data={numbers}
          value={String(from)}
          onChange={(event) => setChosen({ from: Number(event.currentTarget.value), to })}
        />
        <NativeSelect
          label={t('versions.to')}
          data={numbers}
          value={String(to)}
          onChange={(event) => setChosen({ from, to: Number(event.currentTarget.value) })}
        />
      </Group>
      {!differences && instead}
      {differences?.length === 0 && <Text size="sm">{t('versions.same')}</Text>}
      {differences && differences.length > 0 && (
        <Table aria-label={t('versions.differences', { from, to })}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('details.setting')}</Table.Th>
              <Table.Th>{t('policies.version', { version: from })}</Table.Th>
              <Table.Th>{t('policies.version', { version: to })}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map(({ setting, before, after }) => {
              const known = labels.get(setting);
              if (!known) return null;
              return (
                <Table.Tr key={setting}>
                  <Table.Td>{known.label}</Table.Td>
                  {[before, after].map((json, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: always these two
                    <Table.Td key={at}>
                      <SettingText form={known} value={json === null ? undefined : JSON.parse(json)} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

/** Goes back to an older version, after telling who would change. */
function Restoring({ policy, form, version, onDone }: VersionsProps & { version: Version; onDone(): void }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [impact, setImpact] = useState<Impact | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const impactOf = useImpact(policy.id, policy.service);
  const { run, busy } = useMutate(RestorePolicyVersion);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it is chosen
  useEffect(() => {
    impactOf(draftOf(version.values)).then(
      (answer) => (answer.__typename === 'AffectedDeviceConnection' ? setImpact(answer) : setRefused(answer.message)),
      (error: unknown) => setRefused(messageOf(error, common('unexpected'))),
    );
  }, []);
  const restore = async (): Promise<void> => {
    const { payload, refusal } = await run({
      id: policy.id,
      version: version.version,
      expectedVersion: policy.version,
    });
    setImpact(null);
    if (!payload) return setRefused(refusal?.message ?? null);
    notifications.show({ message: t('policies.saved', { version: payload.policy.version }) });
    onDone();
  };
  return (
    <>
      {refused && (
        <Alert color="red" role="alert" withCloseButton closeButtonLabel={common('close')} onClose={onDone}>
          {refused}
        </Alert>
      )}
      <ImpactDialog
        title={t('versions.restoreTitle', { version: version.version, name: policy.name })}
        impact={impact}
        form={form}
        action={t('versions.restoreAs', { version: policy.version + 1 })}
        busy={busy}
        onConfirm={() => void restore()}
        onClose={onDone}
      />
    </>
  );
}
