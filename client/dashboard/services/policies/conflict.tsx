import { Alert, Button, Group, Table, Text } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Policy } from './policy-page.tsx';
import { SettingText } from './setting-text.tsx';
import { changed, type Draft, type SettingForm } from './settings.ts';

interface ConflictProps {
  readonly policy: Policy;
  readonly form: readonly SettingForm[];
  /** What one began with, what somebody else has saved since, and what one has made of it oneself. */
  readonly base: Draft;
  readonly theirs: Draft;
  readonly mine: Draft;
  onTheirs(): void;
  onMine(): void;
}

/** Somebody else has saved the policy while one was editing it: theirs and one's own, side by side, and two ways on. */
export function Conflict({ policy, form, base, theirs, mine, onTheirs, onMine }: ConflictProps) {
  const { t } = useTranslation('services');
  const touched = new Set([...changed(form, base, theirs), ...changed(form, base, mine)]);
  return (
    <Alert
      color="orange"
      role="alert"
      icon={<IconGitMerge />}
      styles={{ body: { minWidth: 0 } }}
      title={t('conflict.title', { version: policy.version, name: policy.changedBy?.name ?? t('conflict.somebody') })}
    >
      <Text size="sm">{t('conflict.text')}</Text>
      <Table.ScrollContainer minWidth={440} type="native" mt="sm">
        <Table aria-label={t('conflict.table')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('details.setting')}</Table.Th>
              <Table.Th>{t('conflict.before')}</Table.Th>
              <Table.Th>{t('conflict.theirs')}</Table.Th>
              <Table.Th>{t('conflict.mine')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {form
              .filter((setting) => touched.has(setting))
              .map((setting) => (
                <Table.Tr key={setting.name}>
                  <Table.Td>{setting.label}</Table.Td>
                  {[base, theirs, mine].map((draft, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: always these three
                    <Table.Td key={at}>
                      <SettingText form={setting} value={draft[setting.name]} />
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Group mt="sm">
        <Button size="xs" onClick={onMine}>
          {t('conflict.keepMine')}
        </Button>
        <Button size="xs" variant="default" onClick={onTheirs}>
          {t('conflict.takeTheirs')}
        </Button>
      </Group>
    </Alert>
  );
}
