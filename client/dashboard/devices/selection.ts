import { createContext, useContext, useMemo, useState } from 'react';

/** Devices that were chosen, by id: they stay so while their rows come and go. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  choose(ids: readonly string[], chosen: boolean): void;
  clear(): void;
}

/** By a context, so that a choice renders the boxes anew and not the rows. */
export const SelectionContext = createContext<Selection | null>(null);

export function useChosen(): Selection {
  const selection = useContext(SelectionContext);
  if (!selection) throw new Error('there is nothing to choose around this');
  return selection;
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      ids,
      choose(changed, chosen) {
        setIds((before) => {
          const after = new Set(before);
          for (const id of changed) {
            if (chosen) after.add(id);
            else after.delete(id);
          }
          return after;
        });
      },
      clear: () => setIds(new Set()),
    }),
    [ids],
  );
}
