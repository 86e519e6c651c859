import { createContext, lazy, type ReactNode, Suspense, useContext, useMemo, useState } from 'react';
import type { ContactTileFragment } from '../../graphql/graphql.ts';
import { contactName } from './contact-name.ts';

const InviteDialog = lazy(() => import('../parts/invite-dialog.tsx'));
const AddToBook = lazy(() => import('./add-to-book.tsx'));

interface Actions {
  /** Asks what to allow, and invites. */
  invite(contact: ContactTileFragment): void;
  /** Asks which address book, and puts the contact there. */
  addToBook(contact: ContactTileFragment): void;
}

const ActionsContext = createContext<Actions | null>(null);

export function useContactActions(): Actions {
  const actions = useContext(ActionsContext);
  if (!actions) throw new Error('there are no actions around this');
  return actions;
}

/** What tiles open a dialog for: one dialog, however many tiles. */
export function ContactActions({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<{ what: keyof Actions; contact: ContactTileFragment } | null>(null);
  const actions = useMemo<Actions>(
    () => ({
      invite: (contact) => setOpened({ what: 'invite', contact }),
      addToBook: (contact) => setOpened({ what: 'addToBook', contact }),
    }),
    [],
  );
  const close = (): void => setOpened(null);
  return (
    <ActionsContext value={actions}>
      {children}
      <Suspense>
        {opened?.what === 'invite' && (
          <InviteDialog
            recipient={{ address: opened.contact.peer.address, name: contactName(opened.contact) }}
            origin={opened.contact.origin}
            onClose={close}
          />
        )}
        {opened?.what === 'addToBook' && <AddToBook contact={opened.contact} onClose={close} />}
      </Suspense>
    </ActionsContext>
  );
}
