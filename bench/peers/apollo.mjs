/** Apollo Server's standalone server with DataLoader, a set of loaders for each request, as its documentation has it. */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import { batches, resolvers, typeDefs } from './data.mjs';

const loading =
  (name) =>
  ({ id }, _args, { loaders }) =>
    loaders[name].load(id);

const server = new ApolloServer({
  typeDefs,
  resolvers: {
    ...resolvers,
    Node: { __resolveType: resolvers.Node.resolveType },
    Device: {
      ...resolvers.Device,
      account: ({ accountId }, _args, { loaders }) => loaders.accounts.load(accountId),
      groups: loading('groups'),
      services: loading('services'),
      policies: loading('policies'),
    },
    Alert: { ...resolvers.Alert, device: ({ deviceId }, _args, { loaders }) => loaders.devices.load(deviceId) },
  },
});
const { url } = await startStandaloneServer(server, {
  listen: { port: 0, host: '127.0.0.1' },
  context: async () => ({
    loaders: Object.fromEntries(
      Object.entries(batches).map(([name, batch]) => [name, new DataLoader(async (ids) => batch(ids))]),
    ),
  }),
});
console.log(new URL(url).host);
process.on('SIGTERM', () => process.exit(0));
