import { outboxAddress } from '../domain/mail-outbox.ts';
import { isNewServer } from '../domain/server.ts';
import { builder } from './builder.ts';

// The server is the context itself: it has no row of its own.
const Server = builder.objectRef<object>('Server').implement({
  description: 'What a page has to know of the server before anybody is signed in.',
  fields: (t) => ({
    version: t.string({
      description: 'Its version, such as `1.2.3`.',
      resolve: (_server, _args, { version }) => version,
    }),
    mailsUrl: t.string({
      nullable: true,
      description:
        'The page that shows the mails of development mode, so that their links can be followed without a mail server; ' +
        'null in production, which shows them nowhere.',
      resolve: (_server, _args, { config }) => outboxAddress(config),
    }),
    isNew: t.boolean({
      description: 'Whether there is no account yet: show a first visitor where to begin.',
      resolve: (_server, _args, ctx) => isNewServer(ctx),
    }),
  }),
});

builder.queryField('server', (t) =>
  t.field({
    type: Server,
    description: 'The server itself. For everybody.',
    resolve: () => ({}),
  }),
);
