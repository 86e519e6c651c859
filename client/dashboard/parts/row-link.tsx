import type { ReactNode } from 'react';
import { Link } from 'wouter';
import classes from './rows.module.css';

/** What a row leads to: a click anywhere beside the row's other controls follows it. One in a row. */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className={classes['link'] ?? ''} data-row-link>
      {children}
    </Link>
  );
}
