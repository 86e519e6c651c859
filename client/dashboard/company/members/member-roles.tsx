import { Badge, Button, Checkbox, Group, Paper, Stack, Text } from '@mantine/core';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberFieldsFragment, RolesToGiveQuery } from '../../../graphql/graphql.ts';
import { RoleChange, type RoleChangeOf } from './role-change.tsx';

type RoleToGive = NonNullable<NonNullable<RolesToGiveQuery['viewer']['account']>['company']>['roles'][number];

interface MemberRolesProps {
  readonly member: MemberFieldsFragment;
  readonly roles: readonly RoleToGive[];
}

/** Which roles a member holds, to be given and taken; each change is previewed first. */
export function MemberRoles({ member, roles }: MemberRolesProps) {
  const { t } = useTranslation('members');
  const [asked, setAsked] = useState<RoleChangeOf | null>(null);
  const holds = (role: RoleToGive): boolean => member.roles.some(({ id }) => id === role.id);
  const administrators = roles.find(({ builtIn }) => builtIn === 'COMPANY_ADMINISTRATOR');
  const ordinary = roles.filter((role) => role !== administrators);
  const ask = (role: RoleToGive): void => setAsked({ member, role, give: !holds(role) });
  return (
    <Stack gap="sm">
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('roles')}>
        {ordinary.map((role) => (
          <li key={role.id}>
            <Checkbox
              checked={holds(role)}
              label={role.name}
              description={role.builtIn === 'USER' ? t('userHoldsNothing') : undefined}
              onChange={() => ask(role)}
            />
          </li>
        ))}
      </Stack>
      {administrators && (
        <Paper withBorder p="sm">
          <Group justify="space-between" gap="sm">
            <Group gap="xs" wrap="nowrap" flex="1 1 16rem">
              <IconShieldCheck size={20} aria-hidden style={{ flexShrink: 0 }} />
              <Text size="sm">
                {member.isAdministrator
                  ? t('isAdministrator', { name: member.name })
                  : t('isNoAdministrator', { name: member.name })}
              </Text>
            </Group>
            <Button variant="default" onClick={() => ask(administrators)}>
              {member.isAdministrator ? t('demote') : t('promote')}
            </Button>
          </Group>
        </Paper>
      )}
      {asked && <RoleChange {...asked} onClose={() => setAsked(null)} />}
    </Stack>
  );
}

/** The roles that somebody holds, as a list reads them. */
export function RoleBadges({ roles }: { roles: readonly { id: string; name: string; builtIn?: string | null }[] }) {
  return (
    <Group component="span" gap={4}>
      {roles.map(({ id, name, builtIn }) => (
        <Badge
          key={id}
          component="span"
          variant={builtIn === 'COMPANY_ADMINISTRATOR' ? 'filled' : 'light'}
          color={builtIn === 'USER' ? 'gray' : 'signal'}
          tt="none"
        >
          {name}
        </Badge>
      ))}
    </Group>
  );
}
