import { Fragment, type ReactNode } from 'react';
import classes from './fact-list.module.css';

interface FactListProps {
  /** Each with its name; one without a value is left out. */
  readonly facts: readonly { readonly name: string; readonly value: ReactNode }[];
}

/** What there is to know of something, name by name. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className={classes['facts']}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined && value !== '')
        .map(({ name, value }) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
    </dl>
  );
}
