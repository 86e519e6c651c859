import { afterEach } from 'vitest';
import { closeAll } from './resources.ts';

/** Whatever a test opened is closed after it, and what nobody expected in its log fails it. */
afterEach(closeAll);
