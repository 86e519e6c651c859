import { Group, Paper, Text, ThemeIcon } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

interface UnderWayRowProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly color: string;
  /** What it is, for who does not see it beside the others. */
  readonly label: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  /** Where it stands; told to screen readers as it changes. */
  readonly state: ReactNode;
  readonly actions?: ReactNode;
}

/** One thing that is under way: what, with whom, where it stands, what can be done. */
export function UnderWayRow({ icon: Icon, color, label, title, detail, state, actions }: UnderWayRowProps) {
  return (
    <Paper component="article" withBorder p="sm" aria-label={label}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={color} size="lg" radius="xl" aria-hidden>
          <Icon size={18} stroke={1.8} />
        </ThemeIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
            <Text size="sm">{title}</Text>
            <Text size="sm" component="div" style={{ flexShrink: 0 }}>
              {state}
            </Text>
          </Group>
          {detail}
          {actions && (
            <Group gap="xs" mt="xs">
              {actions}
            </Group>
          )}
        </div>
      </Group>
    </Paper>
  );
}
