import { createContext } from 'react';

interface Selection {
  readonly ids: ReadonlySet<string>;
  select(ids: readonly string[], wanted: boolean): void;
}

/** Alerts that are selected. By a context, so that a choice renders the boxes anew and not the rows. */
export const SelectionContext = createContext<Selection>({ ids: new Set(), select() {} });
