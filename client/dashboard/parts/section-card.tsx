import { Group, Paper, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionCardProps {
  readonly title: string;
  /** How it stands, beside the title. */
  readonly state?: ReactNode;
  /** What it is about, below the title. */
  readonly text?: ReactNode;
  /** What can be done with all of it, at its top right. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page with a heading of its own. */
export function SectionCard({ title, state, text, actions, children }: SectionCardProps) {
  const id = useId();
  return (
    <Paper component="section" withBorder p="lg" aria-labelledby={id}>
      <Group justify="space-between" gap="sm" mb={text ? 4 : 'sm'}>
        <Group gap="sm">
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {state}
        </Group>
        {actions}
      </Group>
      {text && (
        <Text size="sm" c="dimmed" mb="md" component="div">
          {text}
        </Text>
      )}
      {children}
    </Paper>
  );
}
