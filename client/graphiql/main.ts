import { readLink } from './link.ts';
import './page.css';

const link = readLink(window.location.hash);
if (window.location.hash !== '') {
  // The address bar is seen, shared and kept in the history; a token must not stay in it.
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
}

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// The page shows at once; GraphiQL, its styles and its editor come as chunks of their own.
const { showGraphiQL } = await import('./graphiql.tsx');
showGraphiQL(root, link);
