import { ActionIcon, Group, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCopy } from './use-copy.ts';

interface CopyableProps {
  /** What is copied. */
  readonly value: string;
  /** What is shown, where that is another spelling: an ID in groups of three. */
  readonly shown?: string;
  /** What it is, for the button: “Copy the ID”. */
  readonly label?: string;
  readonly size?: 'sm' | 'md' | 'lg' | 'xl';
  /** May go on in another line: for what is longer than a phone is wide. */
  readonly breakable?: boolean;
}

/** An ID, alias, code or secret with a button that copies it. */
export function Copyable({ value, shown = value, label, size = 'md', breakable = false }: CopyableProps) {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <Group component="span" gap={4} wrap="nowrap" display="inline-flex">
      <Text
        component="span"
        size={size}
        className="beckon-code"
        {...(breakable && { style: BREAKABLE })}
        {...(size === 'xl' && { fw: 600 })}
      >
        {shown}
      </Text>
      <ActionIcon
        variant="subtle"
        color={copied ? 'teal' : 'gray'}
        size={size === 'xl' ? 'md' : 'sm'}
        onClick={() => void copy(value)}
        aria-label={copied ? t('copied') : (label ?? t('copyThis', { text: shown }))}
      >
        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      </ActionIcon>
    </Group>
  );
}

const BREAKABLE = { whiteSpace: 'normal', overflowWrap: 'anywhere' } as const;
