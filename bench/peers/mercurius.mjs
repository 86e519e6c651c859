/** Mercurius on Fastify as its documentation recommends for speed: the JIT from the second time on, and its loaders. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import { batches, resolvers, typeDefs } from './data.mjs';

const ids = (queries, idOf) => queries.map(({ obj }) => idOf(obj));
const byDevice = (batch) => async (queries) => batch(ids(queries, ({ id }) => id));

const app = fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers,
  loaders: {
    Device: {
      account: async (queries) => batches.accounts(ids(queries, ({ accountId }) => accountId)),
      groups: byDevice(batches.groups),
      services: byDevice(batches.services),
      policies: byDevice(batches.policies),
    },
    Alert: { device: async (queries) => batches.devices(ids(queries, ({ deviceId }) => deviceId)) },
  },
  jit: 1,
});
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`127.0.0.1:${app.server.address().port}`);
process.on('SIGTERM', () => process.exit(0));
