import { defineConfig } from 'vitest/config';
import SummaryReporter from './scripts/summary-reporter.ts';
import { freePort } from './server/testing/free-port.ts';

/** The whole suite runs on both engines; what has no database of its own runs once. */
export default defineConfig(async () => {
  const postgres = `postgres://beckon:beckon@127.0.0.1:${await freePort()}/beckon_template`;
  const everything = ['server/**/*.test.ts', 'client/**/*.test.ts', 'scripts/**/*.test.ts'];
  const once = [
    'scripts/**/*.test.ts',
    'server/schema/manual.test.ts',
    'server/schema/equal-work.test.ts',
    'server/lib/**/*.test.ts',
    'server/transport/static-files.test.ts',
    'server/boundaries.test.ts',
    'server/db/query-plans.test.ts',
    'server/db/remembered-rows.test.ts',
    'server/durability.test.ts',
    'server/many-nodes.test.ts',
    'docs/**/*.test.ts',
    'client/**/*.test.ts',
  ];
  // As Node resolves packages in production. With Vite's own conditions (`development`) tests would load graphql's
  // development build beside the other one that Pothos and Yoga get from Node, and each refuses the other's objects.
  const ssr = { resolve: { conditions: ['module', 'node'] } };
  return {
    test: {
      reporters: ['default', new SummaryReporter()],
      // For what hangs: pages that are judged by axe in both languages take long on a busy machine.
      testTimeout: 120_000,
      isolate: false,
      hookTimeout: 60_000,
      projects: [
        {
          ssr,
          test: {
            name: 'dashboard',
            include: ['client/dashboard/**/*.test.ts'],
            // A page in a browser has clocks of its own: what passes at the second try is told as such in the output, and is to be mended.
            retry: 1,
            env: { DATABASE_URL: '', NODE_ENV: 'test' },
            setupFiles: ['server/testing/setup.ts'],
          },
        },
        {
          ssr,
          test: {
            name: 'sqlite',
            include: everything,
            exclude: ['client/dashboard/**'],
            env: { DATABASE_URL: '', NODE_ENV: 'test' },
            setupFiles: ['server/testing/setup.ts'],
          },
        },
        {
          ssr,
          test: {
            name: 'postgres',
            include: everything,
            exclude: once,
            env: { DATABASE_URL: postgres, NODE_ENV: 'test' },
            globalSetup: ['server/testing/postgres-setup.ts'],
            provide: { postgres },
            setupFiles: ['server/testing/setup.ts'],
          },
        },
      ],
    },
  };
});
