import { Box, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import classes from './tab-links.module.css';

export interface TabLink {
  readonly path: string;
  readonly label: string;
  /** Stands behind the label: how many there are. */
  readonly count?: number | undefined;
  /** There are more than that. */
  readonly more?: boolean;
}

/** The pages that belong together, as tabs that are links: each has an address of its own. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const [location] = useLocation();
  // Where one tab's address begins that of another, the longer one is where one is.
  const [present] = tabs
    .filter(({ path }) => location === path || location.startsWith(`${path}/`))
    .sort((a, b) => b.path.length - a.path.length);
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen it may be out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is another one to be shown
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [present?.path]);
  return (
    <Box component="nav" ref={nav} aria-label={label} className={classes['tabs']}>
      {tabs.map(({ path, label: name, count, more }) => (
        <Link
          key={path}
          href={path}
          className={classes['tab'] ?? ''}
          aria-current={path === present?.path ? 'page' : undefined}
        >
          {name}
          {count !== undefined && count > 0 && (
            <Text component="span" size="sm" c="dimmed" ml={6}>
              {count}
              {more && '+'}
            </Text>
          )}
        </Link>
      ))}
    </Box>
  );
}
