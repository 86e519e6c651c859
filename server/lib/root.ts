import { fileURLToPath } from 'node:url';

/** The folder of the installation: two above this file in server/lib, and two above the bundle in dist/server that it is built into. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
