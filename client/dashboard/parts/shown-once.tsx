import { Alert, Button, Code, Group, Stack } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from './use-copy.ts';

interface ShownOnceProps {
  /** The secret; never kept anywhere else. */
  readonly secret: string;
  /** What it is for, and that it is not shown again. */
  readonly text: ReactNode;
  /** “Copy the token”. */
  readonly copyLabel: string;
  readonly children?: ReactNode;
  onDone(): void;
}

/** A secret that the server tells a single time: to be copied now, then gone. */
export function ShownOnce({ secret, text, copyLabel, children, onDone }: ShownOnceProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Stack>
      <Alert color="yellow" icon={<IconEyeOff size={18} />}>
        {text}
      </Alert>
      <Code block aria-label={copyLabel} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
        {secret}
      </Code>
      {children}
      <Group justify="space-between">
        <Button
          variant="default"
          onClick={() => void copy(secret)}
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        >
          {copied ? t('copied') : copyLabel}
        </Button>
        <Button onClick={onDone}>{t('done')}</Button>
      </Group>
    </Stack>
  );
}
