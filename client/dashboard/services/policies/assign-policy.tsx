import { Alert, Anchor, Button, Checkbox, Group, Stack, Table, Text, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconArrowLeft } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { AssignPolicyMutation, Service } from '../../../graphql/graphql.ts';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { servicePath } from '../../app/services.ts';
import { useAll } from '../../data/use-all.ts';
import { useData } from '../../data/use-data.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { GroupsToChoose } from '../../devices/operations.ts';
import { ActionBar } from '../../parts/action-bar.tsx';
import type { Chosen } from '../activation/activate.tsx';
import { DEVICES_MOST, DevicesOfCompany } from '../activation/choose-devices.tsx';
import { AssignPolicy, OnePolicy, Policies } from './operations.ts';
import type { Policy } from './policy-page.tsx';

type Payload = Extract<AssignPolicyMutation['assignPolicy'], { targets: unknown }>;
type Answer = Payload['targets'][number];

/** Assigns a policy to devices and groups: which ones, what would become of each, and then it is done. */
export default function AssignPolicyPage({ service, id }: { service: Service; id: string }) {
  const { t } = useTranslation('services');
  const { data, instead } = useData(OnePolicy, { id });
  if (!data) return instead;
  const policy = data.node;
  if (policy?.__typename !== 'Policy' || policy.service !== service) return <NotFound />;
  const back = `${servicePath(service)}/policies/${id}/assignments`;
  return (
    <Page title={t('assign.title', { name: policy.name })} lead={t('assign.lead')}>
      <Anchor component={Link} href={back} size="sm">
        <Group component="span" gap={4}>
          <IconArrowLeft size={16} aria-hidden />
          {policy.name}
        </Group>
      </Anchor>
      <Assigning policy={policy} back={back} />
    </Page>
  );
}

function Assigning({ policy, back }: { policy: Policy; back: string }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const [devices, setDevices] = useState<Chosen>(new Map());
  const [groups, setGroups] = useState<Chosen>(new Map());
  const [preview, setPreview] = useState<readonly Answer[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { run, busy } = useMutate(AssignPolicy);
  const targets = new Map([...groups, ...devices]);

  const ask = async (dryRun: boolean): Promise<void> => {
    const { payload, refusal } = await run({ policyId: policy.id, targetIds: [...targets.keys()], dryRun });
    setRefused(refusal?.message ?? null);
    if (!payload) return;
    // Also where something was removed meanwhile: what became of each is told.
    if (dryRun || payload.targets.some(({ outcome }) => outcome === 'TARGET_UNKNOWN')) {
      return setPreview(payload.targets);
    }
    const done = payload.targets.filter(({ outcome }) => outcome === 'ASSIGNED' || outcome === 'REPLACED').length;
    notifications.show({ message: t('assign.done', { count: done }) });
    go(back);
  };

  if (preview) {
    const changes = preview.filter(({ outcome }) => outcome === 'ASSIGNED' || outcome === 'REPLACED').length;
    return (
      <Stack>
        <Answers policy={policy} answers={preview} names={targets} />
        {refused && <Refused text={refused} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setPreview(null)}>
            {common('back')}
          </Button>
          <Button disabled={changes === 0} loading={busy} onClick={() => void ask(false)}>
            {t('assign.submit', { count: changes })}
          </Button>
        </Group>
      </Stack>
    );
  }
  return (
    <Stack>
      <GroupChoice chosen={groups} onChoose={setGroups} />
      <Title order={2} size="h4">
        {t('assign.devices')}
      </Title>
      <DevicesOfCompany service={null} chosen={devices} onChoose={setDevices} />
      {targets.size > DEVICES_MOST && <Alert color="orange">{t('activate.tooMany', { count: DEVICES_MOST })}</Alert>}
      {refused && <Refused text={refused} />}
      <ActionBar>
        <Text size="sm" aria-live="polite">
          {t('assign.chosen', { count: targets.size })}
        </Text>
        <Button
          disabled={targets.size === 0 || targets.size > DEVICES_MOST}
          loading={busy}
          onClick={() => void ask(true)}
        >
          {common('next')}
        </Button>
      </ActionBar>
    </Stack>
  );
}

function Refused({ text }: { text: string }) {
  return (
    <Alert color="red" role="alert">
      {text}
    </Alert>
  );
}

interface GroupChoiceProps {
  readonly chosen: Chosen;
  onChoose(chosen: Chosen): void;
}

function GroupChoice({ chosen, onChoose }: GroupChoiceProps) {
  const { t } = useTranslation('services');
  const all = useAll(usePages(GroupsToChoose, {}, (data) => data.viewer.account?.company?.deviceGroups));
  if (all.length === 0) return null;
  return (
    <Checkbox.Group
      label={
        <Title order={2} size="h4">
          {t('assign.groups')}
        </Title>
      }
      value={[...chosen.keys()]}
      onChange={(ids) => onChoose(new Map(all.filter(({ id }) => ids.includes(id)).map(({ id, name }) => [id, name])))}
    >
      <Group gap="md" mt="xs">
        {all.map(({ id, name }) => (
          <Checkbox key={id} value={id} label={name} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

interface AnswersProps {
  readonly policy: Policy;
  readonly answers: readonly Answer[];
  readonly names: Chosen;
}

/** What would become of each device and group, and which policy would make way. */
function Answers({ policy, answers, names }: AnswersProps) {
  const { t } = useTranslation('services');
  const others = usePages(
    Policies,
    { service: policy.service, first: 100 },
    (data) => data.viewer.account?.company?.policies,
  );
  const nameOf = (id: string | null): string => others.rows.find((one) => one.id === id)?.name ?? t('assign.another');
  return (
    <Table aria-label={t('assign.preview')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('assignments.target')}</Table.Th>
          <Table.Th>{t('preview.what')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {answers.map(({ targetId, outcome, replacedPolicyId }) => (
          <Table.Tr key={targetId}>
            <Table.Td>{names.get(targetId) ?? targetId}</Table.Td>
            <Table.Td>{t(`outcome.${outcome}`, { policy: nameOf(replacedPolicyId) })}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
