import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { inviteDevice } from '../../server/domain/invitations.ts';
import { testApp } from '../../server/testing/app.ts';
import { buildDevice } from '../../server/testing/builders.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { startBrowser } from '../testing/browser.ts';
import { startProxy } from '../testing/proxy.ts';

const BECKON = 'http://beckon.localhost';

/** What the page runs: it takes the credential, and says what it sees by `told`. */
const PROGRAM = `
  import { createBeckonClient } from '${fileURLToPath(new URL('./client.ts', import.meta.url))}';
  import { AcceptInvitation } from '${fileURLToPath(new URL('./operations/invitations.ts', import.meta.url))}';
  import { unwrap } from '${fileURLToPath(new URL('./results.ts', import.meta.url))}';

  window.listen = async (token) => {
    const client = createBeckonClient({
      url: location.origin,
      token,
      onConnection: ({ status }) => {
        if (status === 'waiting') client.retryNow();
        told(status);
      },
    });
    for await (const event of client.deviceEvents()) {
      if (event.__typename !== 'InvitationEvent') continue;
      told(event.invitationChange);
      if (event.invitationChange !== 'CREATED') break;
      const input = { id: event.invitation.id, revision: event.revision };
      unwrap((await client.mutate(AcceptInvitation, { input })).acceptInvitation);
    }
    client.close();
  };`;

/** The program and all that it imports, as one script without anything of Node's. */
async function bundled(): Promise<string> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? '\0program' : null),
        load: (id) => (id === '\0program' ? PROGRAM : null),
      },
    ],
    build: {
      write: false,
      minify: false,
      modulePreload: false,
      rolldownOptions: { input: 'program', output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput;
  return output[0].code;
}

it('API-07 the client works in a browser: it listens, comes back after a loss, and accepts an invitation', async () => {
  const app = await testApp({ PUBLIC_URL: BECKON });
  const proxy = await startProxy(await app.listen());
  closeAfterTest(() => proxy.close());
  const browser = await startBrowser({ 'beckon.localhost': `127.0.0.1:${proxy.port}` });
  closeAfterTest(() => browser.close());
  const ana = await buildDevice(app);
  const ben = await buildDevice(app);

  const page = await browser.newPage();
  const connected = Promise.withResolvers<void>();
  const told: string[] = [];
  await page.exposeFunction('told', (what: string) => {
    told.push(what);
    if (what === 'connected') connected.resolve();
  });
  await page.goto(`${BECKON}/healthz`);
  await page.addScriptTag({ content: await bundled() });
  const listening = page.evaluate(`listen(${JSON.stringify(ben.credential)})`);
  await connected.promise;
  proxy.cut();
  await inviteDevice(ana.ctx, { recipient: ben.device.address, origin: 'OWN_ID' });
  await listening;
  expect(told.filter((what) => what === what.toUpperCase())).toEqual(['CREATED', 'ACCEPTED']);
  expect(told.filter((what) => what === 'waiting')).toHaveLength(1);
});
