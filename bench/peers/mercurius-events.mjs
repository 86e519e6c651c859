/**
 * Subscriptions by Mercurius on Fastify as its documentation tells: its own pub/sub in the process, the JIT on. No sign-in:
 * what is published is what is told. An invitation is published once what WRITE_PLAN says is on the disk.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import mercurius from 'mercurius';

const schema = `
  type Query { ready: Boolean! }
  type Event {
    cursor: String! occurredAt: String! change: String! revision: Int permissions: [String!] invitation: Invitation device: Device
  }
  type Invitation { id: ID! status: String! expiresAt: String! permissions: [String!]! inviter: Peer! }
  type Peer { address: ID! alias: String }
  type Device { id: ID! name: String! online: Boolean! }
  type Mutation { inviteDevice(to: ID!): Invitation! rename(name: String!): Boolean! }
  type Subscription { deviceEvents(id: ID!): Event! companyEvents: Event! }
`;
const told = (change, more) => ({ cursor: 'x'.repeat(60), occurredAt: new Date().toISOString(), change, ...more });

const plan = process.env.WRITE_PLAN;
const write = plan ? (await import('../bare-rows.ts')).plannedWrite(plan) : () => {};
/** What Beckon told of an invitation. */
const example = plan ? JSON.parse(readFileSync(plan, 'utf8')).event : null;

const app = fastify();
app.register(mercurius, {
  schema,
  resolvers: {
    Query: { ready: () => true },
    Mutation: {
      inviteDevice: async (_root, { to }, { pubsub }) => {
        write();
        const id = `inv_${randomBytes(18).toString('base64url')}`;
        const invitation = { ...example.invitation, id, permissions: example.permissions };
        const deviceEvents = { ...example, invitation, occurredAt: new Date().toISOString() };
        await pubsub.publish({ topic: `device:${to}`, payload: { deviceEvents } });
        return invitation;
      },
      rename: async (_root, { name }, { pubsub }) => {
        const device = { id: 'x'.repeat(28), name, online: true };
        await pubsub.publish({ topic: 'company', payload: { companyEvents: told('UPDATED', { device }) } });
        return true;
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
