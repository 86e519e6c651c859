import { Group, List, Text, ThemeIcon } from '@mantine/core';
import {
  IconAlertCircle,
  IconCheck,
  IconClock,
  IconPlayerStop,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RestoreFieldsFragment, RestoreState } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { Ago } from '../../parts/ago.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { CancelRestore } from './operations.ts';

const LOOKS: Readonly<Record<RestoreState, { readonly color: string; readonly icon: TablerIcon }>> = {
  REQUESTED: { color: 'gray', icon: IconClock },
  RUNNING: { color: 'blue', icon: IconRefresh },
  DONE: { color: 'teal', icon: IconCheck },
  FAILED: { color: 'red', icon: IconAlertCircle },
  CANCELLED: { color: 'gray', icon: IconPlayerStop },
};

/** What was restored from a snapshot, newest first, as the device reports it. */
export function Restores({ restores }: { restores: readonly RestoreFieldsFragment[] }) {
  if (restores.length === 0) return null;
  return (
    <List listStyleType="none" spacing="xs" aria-live="polite">
      {restores.map((restore) => (
        <List.Item key={restore.id}>
          <Restore restore={restore} />
        </List.Item>
      ))}
    </List>
  );
}

function Restore({
  restore: { id, state, paths, restoredFiles, failure, requestedAt },
}: {
  restore: RestoreFieldsFragment;
}) {
  const { t, i18n } = useTranslation('services');
  const { run } = useMutate(CancelRestore);
  const { color, icon: Icon } = LOOKS[state];
  return (
    <>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={color} size="sm" radius="xl" aria-hidden>
          <Icon size={14} />
        </ThemeIcon>
        <Text size="sm">
          {t(`restore.state.${state}`)} <Ago at={requestedAt} />
          {restoredFiles !== null &&
            ` · ${t('snapshot.files', { count: restoredFiles, files: restoredFiles.toLocaleString(i18n.language) })}`}
        </Text>
      </Group>
      {paths.length > 0 && (
        <Text size="sm" c="dimmed">
          {paths.join(', ')}
        </Text>
      )}
      {failure && <Text size="sm">{failure}</Text>}
      {state === 'REQUESTED' && (
        <ConfirmButton
          size="compact-xs"
          variant="subtle"
          title={t('restore.cancelTitle')}
          text={t('restore.cancelText')}
          action={t('restore.cancelAction')}
          onConfirm={async () => {
            const { payload, refusal } = await run({ id });
            return payload ? null : (refusal?.message ?? t('restore.notCancelled'));
          }}
        >
          {t('restore.cancelAction')}
        </ConfirmButton>
      )}
    </>
  );
}
