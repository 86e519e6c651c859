import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { Provider, useQuery } from 'urql';
import { type BeckonClient, createBeckonClient } from '../../api/client.ts';
import type { ConnectionState } from '../../api/connection.ts';
import type { ViewerQuery as ViewerData } from '../../graphql/graphql.ts';
import { type Language, presentLanguage, speak } from '../app/words.ts';
import { cache } from './cache.ts';
import { ChangeLanguage, SignOut, ViewerQuery } from './operations.ts';

export type ViewerAccount = NonNullable<ViewerData['viewer']['account']>;
export type ViewerCompany = NonNullable<ViewerAccount['company']>;

interface Session {
  readonly beckon: BeckonClient;
  readonly connection: ConnectionState;
  /** Null while nobody is signed in. */
  readonly account: ViewerAccount | null;
  /** Begins anew after a sign-in or sign-out: another client, an empty cache. */
  restart(): void;
  signOut(): Promise<void>;
  /** Changes the language of the pages and, signed in, of the account: mails and messages follow. */
  setLanguage(language: Language): Promise<void>;
}

const SessionContext = createContext<Session | null>(null);

/** One client for as long as the same person is signed in and the language stays. */
export function SessionProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const [epoch, setEpoch] = useState(0);
  const [language, setClientLanguage] = useState(presentLanguage);
  const [connection, setConnection] = useState<ConnectionState>({ status: 'idle' });
  const restart = useCallback(() => setEpoch((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is a new client
  const beckon = useMemo(
    () =>
      createBeckonClient({
        url: window.location.origin,
        language,
        exchanges: [cache],
        onConnection: setConnection,
        onAuthenticationLost: restart,
      }),
    [epoch, language, restart],
  );
  useEffect(() => () => beckon.close(), [beckon]);

  return (
    <Provider value={beckon.urql}>
      <ViewerProvider
        key={`${epoch}-${language}`}
        {...{ beckon, connection, restart, waiting }}
        onLanguage={setClientLanguage}
      >
        {children}
      </ViewerProvider>
    </Provider>
  );
}

interface ViewerProviderProps {
  readonly beckon: BeckonClient;
  readonly connection: ConnectionState;
  readonly waiting: ReactNode;
  readonly children: ReactNode;
  restart(): void;
  onLanguage(language: Language): void;
}

function ViewerProvider({ beckon, connection, restart, onLanguage, waiting, children }: ViewerProviderProps) {
  const [{ data, error }] = useQuery({ query: ViewerQuery, variables: {} });
  const account = data?.viewer.account ?? null;
  const accountLanguage = account?.language;

  // The account's language goes before what this browser was set to.
  useEffect(() => {
    if (accountLanguage && accountLanguage !== presentLanguage())
      speak(accountLanguage).then(() => onLanguage(accountLanguage));
  }, [accountLanguage, onLanguage]);

  const signedIn = account !== null;
  const session = useMemo<Session>(
    () => ({
      beckon,
      connection,
      account,
      restart,
      async signOut() {
        await beckon.mutate(SignOut, { input: {} });
        restart();
      },
      async setLanguage(language) {
        if (signedIn) await beckon.mutate(ChangeLanguage, { input: { language } });
        await speak(language);
        onLanguage(language);
      },
    }),
    [beckon, connection, account, signedIn, restart, onLanguage],
  );

  if (error && !data) throw error;
  if (!data) return waiting;
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no session around this');
  return session;
}

/** The account that is signed in, on pages that nobody else gets to. */
export function useAccount(): ViewerAccount {
  const { account } = useSession();
  if (!account) throw new Error('nobody is signed in here');
  return account;
}
