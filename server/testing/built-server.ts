import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/root.ts';

/** The program that `npm start` runs. `npm test` builds it first; who runs Vitest by hand: `node scripts/build.ts server`. */
export const BUILT_SERVER = join(ROOT, 'dist/server/main.js');

if (!existsSync(BUILT_SERVER)) throw new Error(`${BUILT_SERVER} is missing: npm test builds it`);
