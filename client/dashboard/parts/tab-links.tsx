import { Box, Text } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import classes from './tab-links.module.css';

export interface TabLink {
  readonly path: string;
  readonly label: string;
  /** Stands behind the label: how many there are. */
  readonly count?: number | undefined;
}

/** The pages that belong together, as tabs that are links: each has an address of its own. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  const [location] = useLocation();
  return (
    <Box component="nav" aria-label={label} className={classes['tabs']}>
      {tabs.map(({ path, label: name, count }) => {
        const here = location === path || location.startsWith(`${path}/`);
        return (
          <Link key={path} href={path} className={classes['tab'] ?? ''} aria-current={here ? 'page' : undefined}>
            {name}
            {count !== undefined && count > 0 && (
              <Text component="span" size="sm" c="dimmed" ml={6}>
                {count}
              </Text>
            )}
          </Link>
        );
      })}
    </Box>
  );
}
