/**
 * Subscriptions by Mercurius on Fastify as its documentation tells: its own pub/sub in the process, the JIT on. No sign-in,
 * no database: what is published is what is told.
 */
import fastify from 'fastify';
import mercurius from 'mercurius';

const schema = `
  type Query { ready: Boolean! }
  type Event { cursor: String! occurredAt: String! change: String! invitation: Invitation device: Device }
  type Invitation { id: ID! status: String! expiresAt: String! }
  type Device { id: ID! name: String! online: Boolean! }
  type Mutation { invite(to: ID!): Boolean! rename(name: String!): Boolean! }
  type Subscription { deviceEvents(id: ID!): Event! companyEvents: Event! }
`;
const told = (change, more) => ({ cursor: 'x'.repeat(60), occurredAt: new Date().toISOString(), change, ...more });
const publish = async (pubsub, topic, payload) => {
  await pubsub.publish({ topic, payload });
  return true;
};

const app = fastify();
app.register(mercurius, {
  schema,
  resolvers: {
    Query: { ready: () => true },
    Mutation: {
      invite: (_root, { to }, { pubsub }) => {
        const invitation = { id: 'x'.repeat(28), status: 'PENDING', expiresAt: new Date().toISOString() };
        return publish(pubsub, `device:${to}`, { deviceEvents: told('CREATED', { invitation }) });
      },
      rename: (_root, { name }, { pubsub }) => {
        const device = { id: 'x'.repeat(28), name, online: true };
        return publish(pubsub, 'company', { companyEvents: told('UPDATED', { device }) });
      },
    },
    Subscription: {
      deviceEvents: { subscribe: (_root, { id }, { pubsub }) => pubsub.subscribe(`device:${id}`) },
      companyEvents: { subscribe: (_root, _args, { pubsub }) => pubsub.subscribe('company') },
    },
  },
  subscription: true,
  jit: 1,
});
await app.listen({ port: 0, host: '127.0.0.1' });
console.log(`127.0.0.1:${app.server.address().port}`);
process.on('SIGTERM', () => process.exit(0));
