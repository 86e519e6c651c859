import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useSession } from '../data/session.tsx';
import { withNext } from './own-path.ts';

interface SignInAsProps extends ButtonProps {
  /** Whom to sign in; asked for where absent. */
  readonly email?: string;
  /** Where to go on then. */
  readonly next: string;
}

/** Leads to signing in, and signs out whoever is signed in before. */
export function SignInAs({ email, next, ...button }: SignInAsProps) {
  const { person, signOut } = useSession();
  const [, go] = useLocation();
  const [busy, setBusy] = useState(false);
  const lead = async (): Promise<void> => {
    setBusy(true);
    // Before the page for signing in is there, which sends on whoever is signed in.
    if (person) await signOut();
    go(withNext('/sign-in', next), { state: email === undefined ? null : { email } });
  };
  return <Button fullWidth loading={busy} {...button} onClick={() => void lead()} />;
}
