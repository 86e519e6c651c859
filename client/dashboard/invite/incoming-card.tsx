import { Alert, Card, Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './incoming.module.css';

interface IncomingCardProps {
  readonly title: string;
  /** Who it comes from. */
  readonly from: ReactNode;
  /** The time that is left. */
  readonly left?: ReactNode;
  readonly children?: ReactNode;
  /** Why the answer was not taken, or what has changed. */
  readonly notice?: string | null;
  readonly actions: ReactNode;
}

/** Something that waits for an answer. */
export function IncomingCard({ title, from, left, children, notice, actions }: IncomingCardProps) {
  const heading = useId();
  return (
    <Card
      component="article"
      withBorder
      shadow="lg"
      padding="md"
      tabIndex={-1}
      aria-labelledby={heading}
      className={classes['card']}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Title order={2} size="sm" id={heading} style={{ overflowWrap: 'anywhere' }}>
          {title}
        </Title>
        {left && <Text size="sm">{left}</Text>}
      </Group>
      <Text size="sm">{from}</Text>
      {children}
      {notice && (
        <Alert color="yellow" mt="xs" p="xs" role="status">
          {notice}
        </Alert>
      )}
      <Group gap="xs" className={classes['answers']}>
        {actions}
      </Group>
    </Card>
  );
}
