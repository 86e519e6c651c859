import { ActionIcon, Code, Group } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from './use-copy.ts';

/** Something to type into a terminal, with a button that copies it. */
export function CommandLine({ command, copyLabel }: { command: string; copyLabel: string }) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start">
      {/* Scrolled where it is too long, because a line that is broken at a hyphen reads as another command. */}
      <Code block flex={1} miw={0} tabIndex={0} style={{ overflowX: 'auto', whiteSpace: 'pre' }}>
        {command}
      </Code>
      <ActionIcon
        variant="default"
        size="lg"
        onClick={() => void copy(command)}
        aria-label={copied ? t('copied') : copyLabel}
        title={copyLabel}
      >
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Group>
  );
}
