import { Card, SimpleGrid, Switch, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { startTransition, useOptimistic, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChangeSessionPermissions } from '../../api/operations/sessions.ts';
import type { SessionPermission } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { SESSION_PERMISSIONS } from '../parts/session-permissions.ts';
import type { ShownSession } from './history.ts';

/** What the guest side may do now: each a switch that holds from the moment it is turned (INV-23); locks hold (INV-24). */
export function HostPermissions({ session }: { session: ShownSession }) {
  const { t } = useTranslation('sessions');
  const { t: common } = useTranslation();
  const change = useMutate(ChangeSessionPermissions);
  const [refused, setRefused] = useState<string | null>(null);
  const { id, permissions, host } = session;
  const [shown, show] = useOptimistic(permissions, turned);
  const locks = new Map(host.device?.locks.map(({ permission, allowed }) => [permission, allowed]));
  const turn = (permission: SessionPermission, allowed: boolean): void => {
    startTransition(async () => {
      show({ permission, allowed });
      const { refusal } = await change.run({ id, [allowed ? 'grant' : 'revoke']: [permission] });
      setRefused(refusal?.message ?? null);
    });
  };
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="permissions">
      <Title order={2} size="h4" id="permissions">
        {t('host.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t(locks.size > 0 ? 'host.leadLocked' : 'host.lead')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
        {SESSION_PERMISSIONS.map((permission) => {
          const lock = locks.get(permission);
          return (
            <Switch
              key={permission}
              checked={shown.includes(permission)}
              disabled={lock !== undefined}
              label={common(`permission.${permission}`)}
              description={
                lock !== undefined && (
                  <>
                    <IconLock size={12} aria-hidden /> {common(lock ? 'lockedOn' : 'lockedOff')}
                  </>
                )
              }
              onChange={(event) => turn(permission, event.currentTarget.checked)}
            />
          );
        })}
      </SimpleGrid>
      {refused && (
        <Text size="sm" c="red" role="alert" mt="sm">
          {refused}
        </Text>
      )}
    </Card>
  );
}

function turned(
  permissions: ShownSession['permissions'],
  { permission, allowed }: { permission: SessionPermission; allowed: boolean },
): ShownSession['permissions'] {
  const others = permissions.filter((each) => each !== permission);
  return allowed ? [...others, permission] : others;
}
