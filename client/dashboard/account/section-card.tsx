import { Card, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionCardProps {
  readonly title: string;
  /** How it stands, beside the title. */
  readonly state?: ReactNode;
  readonly text?: ReactNode;
  readonly children: ReactNode;
}

/** One concern of a page in a card of its own. */
export function SectionCard({ title, state, text, children }: SectionCardProps) {
  const heading = useId();
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={heading}>
      <Group gap="sm" mb={4}>
        <Title order={2} size="h4" id={heading}>
          {title}
        </Title>
        {state}
      </Group>
      {text && (
        <Text size="sm" c="dimmed" mb="md" component="div">
          {text}
        </Text>
      )}
      {children}
    </Card>
  );
}
