import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startWords } from './app/words.ts';
import { takeLinkToken } from './arriving/link-token.ts';

takeLinkToken();

const root = document.getElementById('root');
if (root) {
  // Not awaited: what the entry has in common with pages that load later would become many small files.
  void startWords().then(() => createRoot(root).render(<App />));
}
