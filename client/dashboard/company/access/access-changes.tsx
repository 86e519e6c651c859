import { Group, List, Paper, Stack, Text } from '@mantine/core';
import { IconMinus, IconPlus, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AccessChangeFragment } from '../../../graphql/graphql.ts';
import { byService, type Grant } from './grants.ts';

/** What a change of roles would make of members (API-03): what each will be able to do, and what not any more. */
export function AccessChanges({ changes }: { changes: readonly AccessChangeFragment[] }) {
  const { t } = useTranslation('members');
  if (changes.length === 0) return <Text size="sm">{t('changes.none')}</Text>;
  return (
    <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('changes.label')}>
      {changes.map(({ member, gains, loses, wasAdministrator, isAdministrator }) => {
        const name = member?.name ?? t('changes.somebody');
        return (
          <Paper key={member?.id ?? name} component="li" withBorder p="sm">
            <Stack gap={6}>
              {isAdministrator && !wasAdministrator && <Text size="sm">{t('changes.becomes', { name })}</Text>}
              {wasAdministrator && !isAdministrator && <Text size="sm">{t('changes.isNoMore', { name })}</Text>}
              <Grants icon={IconPlus} title={t('changes.gains', { name })} grants={gains} />
              <Grants icon={IconMinus} title={t('changes.loses', { name })} grants={loses} />
            </Stack>
          </Paper>
        );
      })}
    </Stack>
  );
}

function Grants({ icon: Icon, title, grants }: { icon: TablerIcon; title: string; grants: readonly Grant[] }) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  if (grants.length === 0) return null;
  return (
    <div>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Icon size={16} aria-hidden style={{ flexShrink: 0, marginTop: 3 }} />
        <Text size="sm" fw={600}>
          {title}
        </Text>
      </Group>
      <List size="sm" withPadding>
        {byService(grants).map(({ service, permissions }) => (
          <List.Item key={service}>
            {t('grid.of', {
              service: common(`service.${service}`),
              permissions: permissions.map((permission) => t(`permission.${permission}`)).join(', '),
            })}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
