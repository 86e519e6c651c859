import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './action-bar.module.css';

/** What one can do with a long form or list, kept in view at its end. */
export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <Group justify="flex-end" gap="sm" className={classes['bar'] ?? ''} data-action-bar>
      {children}
    </Group>
  );
}
