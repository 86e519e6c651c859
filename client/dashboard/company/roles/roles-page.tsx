import { Anchor, Badge, Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { RoleFieldsFragment } from '../../../graphql/graphql.ts';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { byService } from '../access/grants.ts';
import { Roles } from './operations.ts';

/** The roles of the company, and in short what each grants. */
export default function RolesPage() {
  const { t } = useTranslation('members');
  const administrator = useAccount().company?.viewerIsAdministrator ?? false;
  const { data, instead } = useData(Roles, {});
  const roles = data?.viewer.account?.company?.roles;
  return (
    <Page
      title={t('role.title')}
      lead={t('role.lead')}
      actions={
        administrator && (
          <Button component={Link} href="/company/roles/new" leftSection={<IconPlus size={18} />}>
            {t('role.create')}
          </Button>
        )
      }
    >
      {roles ? (
        <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('role.title')}>
          {roles.map((role) => (
            <RoleCard key={role.id} role={role} />
          ))}
        </Stack>
      ) : (
        instead
      )}
    </Page>
  );
}

function RoleCard({ role: { id, name, builtIn, memberCount, grants } }: { role: RoleFieldsFragment }) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  return (
    <Card component="li" withBorder padding="md">
      <Group justify="space-between" gap="sm">
        <Group gap="xs">
          <Anchor component={Link} href={`/company/roles/${id}`} fw={600}>
            {name}
          </Anchor>
          {builtIn && (
            <Badge variant="light" color="gray" tt="none">
              {t('role.builtIn')}
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t('role.heldBy', { count: memberCount })}
        </Text>
      </Group>
      {builtIn || grants.length === 0 ? (
        <Text size="sm" mt={6}>
          {builtIn === 'COMPANY_ADMINISTRATOR' ? t('role.everything') : t('role.nothing')}
        </Text>
      ) : (
        <Stack gap={2} mt={6}>
          {byService(grants).map(({ service, permissions }) => (
            <Text key={service} size="sm">
              {t('grid.of', {
                service: common(`service.${service}`),
                permissions: permissions.map((permission) => t(`permission.${permission}`)).join(', '),
              })}
            </Text>
          ))}
        </Stack>
      )}
    </Card>
  );
}
