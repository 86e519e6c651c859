import { Paper, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface EmptyProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  /** What to do so that it is not empty any more. */
  readonly children?: ReactNode;
}

/** What stands where a list has nothing in it: what would be here, and how to get it. */
export function Empty({ icon: Icon, title, children }: EmptyProps) {
  return (
    <Paper withBorder p="xl" radius="md">
      <Stack align="center" gap="xs" ta="center" maw={480} mx="auto" style={{ textWrap: 'balance' }}>
        <ThemeIcon variant="light" size={48} radius="xl" aria-hidden>
          <Icon size={26} stroke={1.5} />
        </ThemeIcon>
        <Text fw={600}>{title}</Text>
        {children}
      </Stack>
    </Paper>
  );
}
