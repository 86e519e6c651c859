import { Button, Group, Paper, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './chosen-devices.module.css';
import type { Selection } from './selection.ts';

const GroupDialog = lazy(() => import('./group-dialog.tsx'));

/** What can be done with the devices that were chosen; stays in sight at the bottom of the screen. */
export function ChosenDevices({ selection }: { selection: Selection }) {
  const { t } = useTranslation('devices');
  const [grouping, setGrouping] = useState(false);
  const { ids, clear } = selection;
  if (ids.size === 0) return null;
  return (
    <>
      <Paper component="section" aria-label={t('chosenLabel')} withBorder shadow="md" className={classes['bar'] ?? ''}>
        <Group gap="sm" justify="center">
          <Text size="sm" fw={600} role="status">
            {t('chosen', { count: ids.size })}
          </Text>
          <Button size="xs" onClick={() => setGrouping(true)}>
            {t('addToGroup')}
          </Button>
          <Button size="xs" variant="default" onClick={clear}>
            {t('clearChosen')}
          </Button>
        </Group>
      </Paper>
      {grouping && (
        <Suspense>
          <GroupDialog
            deviceIds={[...ids]}
            onClose={(done) => {
              setGrouping(false);
              if (done) clear();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
