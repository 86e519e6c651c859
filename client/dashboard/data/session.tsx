import { notifications } from '@mantine/notifications';
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Provider, useQuery } from 'urql';
import { type BeckonClient, createBeckonClient } from '../../api/client.ts';
import type { ConnectionState } from '../../api/connection.ts';
import { errorFromUrql, isAuthenticationLost } from '../../api/errors.ts';
import type { ViewerAtHomeQuery as AtHome, ViewerQuery as Viewer } from '../../graphql/graphql.ts';
import { type Language, presentLanguage, speak, words } from '../app/words.ts';
import { exchanges } from './cache.ts';
import { fetchInOrder } from './cookie-order.ts';
import { ChangeLanguage, SignOut, ViewerAtHomeQuery, ViewerQuery } from './operations.ts';
import { messageOf } from './use-mutate.ts';

export type ServerFacts = Viewer['server'];
export type Person = NonNullable<Viewer['viewer']['account']>;
export type ViewerAccount = Person & NonNullable<AtHome['viewer']['account']>;
export type ViewerCompany = NonNullable<ViewerAccount['company']>;

export type Gate = 'EMAIL' | 'SECOND_FACTOR';

interface Session {
  readonly beckon: BeckonClient;
  readonly connection: ConnectionState;
  /** What the server says of itself to everybody. */
  readonly server: ServerFacts;
  /** Who is signed in, whether or not they may do anything yet; null while nobody is. */
  readonly person: Person | null;
  /** The same with all that they may do; null while nobody is signed in, and before `gate` was passed. */
  readonly account: ViewerAccount | null;
  /** What is to be done first: the address confirmed, or the second factor set up that the company requires. */
  readonly gate: Gate | null;
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
  // Whether the sign-in that the browser came with was refused, and it was asked again without.
  const begunAnew = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new epoch is a new client
  const beckon = useMemo(
    () =>
      createBeckonClient({
        url: window.location.origin,
        language,
        exchanges,
        fetch: fetchInOrder,
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
        {...{ beckon, connection, restart, waiting, begunAnew }}
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
  readonly begunAnew: RefObject<boolean>;
  restart(): void;
  onLanguage(language: Language): void;
}

function ViewerProvider(props: ViewerProviderProps) {
  const { beckon, connection, restart, onLanguage, waiting, children, begunAnew } = props;
  const [{ data, error }] = useQuery({ query: ViewerQuery, variables: {} });
  // A sign-in that has ended since: the answer has taken its cookie away, so that the next question is a visitor's.
  const ended = error !== undefined && isAuthenticationLost(errorFromUrql(error, window.location.origin));
  const first = ended && !begunAnew.current;
  useEffect(() => {
    if (data) begunAnew.current = false;
    else if (first) {
      begunAnew.current = true;
      restart();
    }
  }, [data, first, begunAnew, restart]);
  const person = data?.viewer.account ?? null;
  const gate = gateOf(person);
  // Asked apart, because in front of the gate it would be denied, and with it all that stands beside it.
  const atHome = person !== null && gate === null;
  const [home] = useQuery({ query: ViewerAtHomeQuery, variables: {}, pause: !atHome });
  const more = atHome ? home.data?.viewer.account : null;
  const account = useMemo(() => (person && more ? { ...person, ...more } : null), [person, more]);
  const accountLanguage = person?.language;

  // The account's language goes before what this browser was set to.
  useEffect(() => {
    if (accountLanguage && accountLanguage !== presentLanguage())
      speak(accountLanguage).then(() => onLanguage(accountLanguage));
  }, [accountLanguage, onLanguage]);

  const signedIn = person !== null;
  const server = data?.server;
  const session = useMemo<Session | null>(
    () =>
      server
        ? {
            beckon,
            connection,
            server,
            person,
            account,
            gate,
            restart,
            async signOut() {
              try {
                await beckon.mutate(SignOut, { input: {} });
              } catch (error) {
                // Ended from elsewhere meanwhile: all the better.
                if (!isAuthenticationLost(error)) {
                  notifications.show({ color: 'red', message: messageOf(error, words.t('unexpected')) });
                  return;
                }
              }
              restart();
            },
            async setLanguage(language) {
              if (signedIn) await beckon.mutate(ChangeLanguage, { input: { language } });
              await speak(language);
              onLanguage(language);
            },
          }
        : null,
    [beckon, server, connection, person, account, gate, signedIn, restart, onLanguage],
  );

  if (first) return waiting;
  if (error && !data) throw errorFromUrql(error, window.location.origin);
  if (home.error && !home.data) throw errorFromUrql(home.error, window.location.origin);
  if (!session || (atHome && !account)) return waiting;
  return <SessionContext value={session}>{children}</SessionContext>;
}

function gateOf(person: Person | null): Gate | null {
  if (!person) return null;
  if (!person.verified) return 'EMAIL';
  return person.secondFactor.required && !person.secondFactor.enabled ? 'SECOND_FACTOR' : null;
}

/** Everything below asks with another client, for another principal: nobody is signed in there. */
export function OtherSession({ beckon, children }: { beckon: BeckonClient; children: ReactNode }) {
  const session = useSession();
  const other = useMemo<Session>(
    () => ({ ...session, beckon, person: null, account: null, gate: null }),
    [session, beckon],
  );
  return (
    <Provider value={beckon.urql}>
      <SessionContext value={other}>{children}</SessionContext>
    </Provider>
  );
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
