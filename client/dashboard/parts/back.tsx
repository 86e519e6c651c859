import { Anchor, Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';

/** To the list that a page comes from. */
export function Back({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href}>
      <Group component="span" gap={4} wrap="nowrap" display="inline-flex">
        <IconArrowLeft size={16} aria-hidden />
        {children}
      </Group>
    </Anchor>
  );
}
