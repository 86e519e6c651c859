import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import { documents } from './scripts/documents-plugin.ts';

/** The web apps in client/, each built to dist/<name> and served by Beckon at its base. */
export const APPS = { dashboard: { base: '/' }, graphiql: { base: '/graphiql/' } } as const;
export type AppName = keyof typeof APPS;

export function appConfig(name: AppName, outDir: string = join(import.meta.dirname, 'dist', name)): UserConfig {
  return {
    root: join(import.meta.dirname, 'client', name),
    base: APPS[name].base,
    plugins: [documents(), react(), precompressed()],
    // Workers and chunks are loaded as files of their own: the Content-Security-Policy allows scripts from 'self' only.
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      // Small files would become data: addresses, which the policy refuses for everything but fonts and images.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The editor is one chunk of some megabytes that is loaded once and cached for good.
      chunkSizeWarningLimit: 5000,
      reportCompressedSize: false,
      // Warnings that ask for nothing would hide the ones that matter: 'use no memo' is for a compiler that does not run here; what
      // one lazy part imports lazily and another one at once is lazy all the same; and compressing takes its time.
      rolldownOptions: {
        checks: { moduleLevelDirective: false, ineffectiveDynamicImport: false, pluginTimings: false },
      },
    },
  };
}

/**
 * What the server's bundle loads from node_modules: native code, and CommonJS that looks for its own files. All the rest, a
 * thousand small files, is in the bundle: it starts in half the time, on two thirds of the memory (bench/README.md).
 */
const NOT_BUNDLED = ['@node-rs/argon2', 'better-sqlite3', 'nodemailer', 'pg', 'pino'];

/** The server as `npm start` runs it: dist/server/main.js, and the thread that it starts. Everything else runs from the sources. */
export function serverConfig(outDir: string): UserConfig {
  return {
    root: import.meta.dirname,
    // What the web apps are built with is none of its business.
    publicDir: false,
    ssr: { noExternal: true, external: NOT_BUNDLED, target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      // Names stay readable in the log's stack traces.
      minify: false,
      rolldownOptions: {
        input: { main: 'server/main.ts', 'checkpoint-worker': 'server/db/checkpoint-worker.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  };
}

/** Where `npm run demo` and `npm start` listen, for the API of an app that is served for development. */
const BECKON = `http://127.0.0.1:${process.env['PORT'] ?? 4000}`;

/** `vite --mode <app>` serves that app for development, on the API of a server that runs beside it. */
export default defineConfig(({ mode }) => ({
  ...appConfig(mode in APPS ? (mode as AppName) : 'dashboard'),
  // Beckon takes cookies from its own pages only.
  server: { proxy: { '/graphql': { target: BECKON, ws: true, headers: { origin: BECKON } } } },
}));

/** Below this size, in bytes, a compressed file saves nothing worth a file: it fits into one packet anyway. */
const LEAST_COMPRESSED_BYTES = 1400;
const COMPRESSIBLE = /\.(js|css|html|svg|json|ttf|txt|map)$/;
/**
 * The best of 11 saves 7 % of the dashboard over 9 (measured), but takes ten times as long: too long for the editor's
 * chunk of some megabytes.
 */
const brotliQuality = (bytes: number): number => (bytes < 1_000_000 ? 11 : 9);

/** Puts `.br` and `.gz` beside each file of the build; server/transport/static-files.ts sends them. */
function precompressed(): Plugin {
  return {
    name: 'beckon:precompressed',
    apply: 'build',
    async writeBundle({ dir }) {
      if (!dir) return;
      const entries = await readdir(dir, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
      await Promise.all(
        files.map(async (entry) => {
          const path = join(entry.parentPath, entry.name);
          const content = await readFile(path);
          if (content.length < LEAST_COMPRESSED_BYTES) return;
          const [br, gz] = await Promise.all([
            promisify(brotliCompress)(content, {
              params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality(content.length) },
            }),
            promisify(gzip)(content, { level: 9 }),
          ]);
          await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
        }),
      );
    },
  };
}
