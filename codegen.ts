import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * The typed client, from schema.graphql and the documents in client/. It reads the printed file, never the schema module:
 * importing that here would load graphql twice, and the two refuse each other's types.
 */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  documents: ['client/**/*.{ts,tsx}', '!client/graphql/**'],
  // A checkout whose client has no document yet is a valid one.
  ignoreNoDocuments: true,
  generates: {
    // What implements which interface and belongs to which union, for caches that match fragments.
    'client/graphql/possible-types.ts': {
      plugins: ['fragment-matcher'],
      config: { apolloClientVersion: 3, useExplicitTyping: true },
    },
    'client/graphql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, skipIndexFile: true },
      config: {
        // Node runs the files as they are, by type stripping: no enums, types imported as types, names with their endings.
        enumType: 'string-literal',
        useTypeImports: true,
        importExtension: '.ts',
        strictScalars: true,
        scalars: { DateTime: 'string', Cursor: 'string' },
      },
    },
  },
};

export default config;
