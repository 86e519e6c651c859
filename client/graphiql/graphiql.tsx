import { createGraphiQLFetcher, type Fetcher, isAsyncIterable } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import { keepEarlier } from './earlier.ts';
import { EXAMPLES } from './examples.ts';
import { headersWithToken, type Link } from './link.ts';

/** Where the token of a ready link survives a reload: in this browser tab only, never in localStorage. */
const TOKEN_KEY = 'beckon.graphiql.token';

/** Draws GraphiQL into `root`, on the tab and with the credentials that `link` asks for. */
export function showGraphiQL(root: Element, link: Link): void {
  if (link.token !== null) window.sessionStorage.setItem(TOKEN_KEY, link.token);
  const token = window.sessionStorage.getItem(TOKEN_KEY);

  const endpoint = new URL('/graphql', window.location.href);
  const socket = new URL(endpoint);
  socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';
  /** The cookie goes along by itself; what the headers editor holds is also the socket's `connectionParams`. */
  const fetchOnce = createGraphiQLFetcher({
    url: endpoint.href,
    subscriptionUrl: socket.href,
    enableIncrementalDelivery: false,
  });
  const fetcher: Fetcher = async (params, options) => {
    // What each answer costs is shown with it (docs/api.md, Limits).
    const asked = { ...params, extensions: { cost: true } };
    const result = await fetchOnce(asked, options);
    return isAsyncIterable(result) ? keepEarlier(result) : result;
  };

  const wanted = EXAMPLES.find(({ name }) => name === link.example);
  // GraphiQL opens a first visit on its first tab, and a later one on the tab that holds the initial query.
  const inOrder = wanted ? [wanted, ...EXAMPLES.filter((example) => example !== wanted)] : EXAMPLES;
  const tabs = inOrder.map((example) => ({
    query: example.document,
    variables: (example === wanted && link.variables) || (example.variables ?? null),
  }));
  const [first] = tabs;

  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={tabs}
      {...(token && { defaultHeaders: headersWithToken(token) })}
      {...(wanted && first && { initialQuery: first.query, initialVariables: first.variables ?? '' })}
      defaultEditorToolsVisibility={token ? 'headers' : 'variables'}
      // Headers hold credentials: they are not to be written to localStorage.
      shouldPersistHeaders={false}
      inputValueDeprecation
      schemaDescription
    >
      <GraphiQL.Logo>
        <span className="beckon-logo">Beckon</span>
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}
