import { Card, Group, SimpleGrid, Text, ThemeIcon, Title, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SessionPermission } from '../../graphql/graphql.ts';
import { SESSION_PERMISSIONS } from '../parts/session-permissions.ts';
import classes from './guest-permissions.module.css';

/** What this side may do on the other device at this moment. */
export function GuestPermissions({ permissions }: { permissions: readonly SessionPermission[] }) {
  const { t } = useTranslation('sessions');
  const { t: common } = useTranslation();
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="permissions">
      <Title order={2} size="h4" id="permissions">
        {t('guest.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('guest.lead')}
      </Text>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2 }} spacing="xs" className={classes['list']} aria-live="polite">
        {SESSION_PERMISSIONS.map((permission) => {
          const allowed = permissions.includes(permission);
          return (
            <Group key={permission} component="li" gap="sm" wrap="nowrap">
              <ThemeIcon variant="light" color={allowed ? 'teal' : 'gray'} size={22} radius="xl" aria-hidden>
                {allowed ? <IconCheck size={14} /> : <IconMinus size={14} />}
              </ThemeIcon>
              <Text size="sm" {...(!allowed && { c: 'dimmed' })}>
                {common(`permission.${permission}`)}
                <VisuallyHidden>{allowed ? t('guest.allowed') : t('guest.notAllowed')}</VisuallyHidden>
              </Text>
            </Group>
          );
        })}
      </SimpleGrid>
    </Card>
  );
}
