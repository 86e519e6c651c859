import { Group, Text } from '@mantine/core';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Grant } from '../access/grants.ts';

/** Whether a role grants something, where it is only to be read. */
export function Mark({ held, implied }: { held: boolean; implied: Grant | undefined }) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const granted = held || implied !== undefined;
  return (
    <Group gap={4} wrap="nowrap">
      {granted ? <IconCheck size={16} aria-hidden /> : <IconMinus size={16} aria-hidden />}
      <Text size="sm" {...(!granted && { c: 'dimmed' })}>
        {!held && implied ? t('grid.implied') : granted ? common('yes') : common('no')}
      </Text>
    </Group>
  );
}
