import { Anchor, Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconDevices, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { PolicyAssignmentsQuery } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';
import { useAccount } from '../../data/session.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { Ago } from '../../parts/ago.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { DeviceName } from '../device-name.tsx';
import { may } from '../may.ts';
import { PolicyAssignments, UnassignPolicy } from './operations.ts';
import type { Policy } from './policy-page.tsx';

type Node = Extract<PolicyAssignmentsQuery['node'], { __typename: 'Policy' }>;
type Assignment = Node['assignments']['nodes'][number];

/** The devices and groups that a policy is assigned to. */
export function Assignments({ policy }: { policy: Policy }) {
  const { t } = useTranslation('services');
  const { company } = useAccount();
  const mayAssign = may(company, policy.service, 'ASSIGN_POLICIES');
  const pages = usePages(PolicyAssignments, { id: policy.id, first: 50 }, ({ node }) =>
    node?.__typename === 'Policy' ? node.assignments : null,
  );
  const button = mayAssign && (
    <Button
      component={Link}
      href={`${servicePath(policy.service)}/policies/${policy.id}/assign`}
      leftSection={<IconPlus size={16} />}
    >
      {t('assignments.assign')}
    </Button>
  );
  const columns = useMemo<Column<Assignment>[]>(
    () => [
      { name: 'target', title: t('assignments.target'), width: '2fr', cell: (one) => <Target assignment={one} /> },
      { name: 'since', title: t('assignments.since'), width: '1fr', cell: ({ assignedAt }) => <Ago at={assignedAt} /> },
      {
        name: 'actions',
        title: '',
        width: '10rem',
        cell: (assignment) => mayAssign && <Unassign policy={policy} assignment={assignment} />,
      },
    ],
    [t, mayAssign, policy],
  );
  return (
    <Stack>
      {pages.rows.length > 0 && <Group justify="flex-end">{button}</Group>}
      <Rows
        label={t('assignments.list', { name: policy.name })}
        pages={pages}
        columns={columns}
        keyOf={({ targetId }) => targetId}
        empty={
          <Empty icon={IconDevices} title={t('assignments.none')}>
            <Text size="sm">{t('assignments.noneText')}</Text>
            {button}
          </Empty>
        }
      />
    </Stack>
  );
}

function Target({ assignment: { target } }: { assignment: Assignment }) {
  const { t } = useTranslation('services');
  if (!target) return <Text size="sm">{t('assignments.gone')}</Text>;
  if (target.__typename === 'Device') return <DeviceName device={target} />;
  return (
    <Group gap="xs">
      <Anchor component={Link} href="/company/groups" size="sm" fw={500}>
        {target.name}
      </Anchor>
      <Badge variant="default" size="sm">
        {t('assignments.group')}
      </Badge>
    </Group>
  );
}

function Unassign({ policy, assignment: { targetId, target } }: { policy: Policy; assignment: Assignment }) {
  const { t } = useTranslation('services');
  const { run } = useMutate(UnassignPolicy);
  const name = target?.name ?? t('assignments.gone');
  return (
    <ConfirmButton
      size="xs"
      variant="default"
      aria-label={t('assignments.removeFrom', { name })}
      title={t('assignments.removeTitle', { name })}
      text={t('assignments.removeText', { policy: policy.name })}
      onConfirm={async () => {
        const { payload, refusal } = await run({ policyId: policy.id, targetIds: [targetId] });
        return payload ? null : (refusal?.message ?? t('assignments.notRemoved'));
      }}
    >
      {t('assignments.remove')}
    </ConfirmButton>
  );
}
