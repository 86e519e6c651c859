import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './page.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startWords } from './app/words.ts';

const root = document.getElementById('root');
if (root) {
  await startWords();
  createRoot(root).render(<App />);
}
