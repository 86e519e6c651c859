import { describe, expect, it } from 'vitest';
import { AGENT, Program, register, startServer, temporaryFolder } from '../testing/programs.ts';

/** What these walks have to say in French is told with its non-breaking spaces. */
const nbsp = (words: string): string => words.replace(/ (?=[:;!?»])|(?<=«) /g, '\u00a0');

describe('API-08 two agents in French', () => {
  it('enrol, answer an invitation, change what is allowed, and end', async () => {
    const { port } = await startServer(temporaryFolder());
    const ben = await register(port, 'Ben');
    const b = new Program(AGENT, ['--language', 'fr', '--state', ben.state, 'run']);
    await b.says('en ligne');
    const ana = { state: `${temporaryFolder()}/agent.json`, server: `http://127.0.0.1:${port}` };
    const french = { LANG: 'fr_FR.UTF-8' };
    const simulate = ['--name', 'Ana', '--simulate', 'platform=WINDOWS'];
    const enrol = new Program(AGENT, ['--state', ana.state, '--server', ana.server, 'enrol', ...simulate], french);
    await enrol.says(nbsp(`Déclaré auprès de ${ana.server} sous le nom Ana : WINDOWS`));
    const id = await enrol.says(/Votre identifiant est ([\d ]+)\./);
    await enrol.says(nbsp('Ensuite : npm run agent'));

    const a = new Program(AGENT, ['--state', ana.state, 'run'], french);
    await a.says(`Votre identifiant  ${id}`);
    await a.says(nbsp('en ligne : cet appareil peut recevoir des invitations'));
    a.types('status');
    await a.says(nbsp('en ligne ; rien n’attend, aucune session n’est en cours'));
    a.types(`invite ${ben.grouped} --note "l’imprimante"`);
    await b.says(`[1] INVITATION de ${id}`);
    await b.says(nbsp('Default : toutes sauf TCP_TUNNEL, PRIVACY_MODE, VPN'));
    await b.says(nbsp('« l’imprimante »'));
    await b.says(nbsp('c 1 : se connecter, r 1 : refuser'));
    b.types('c 1');
    await a.says(nbsp(`SESSION ouverte : ${ben.grouped} travaille sur cet appareil`));
    a.types('revoke AUDIO');
    await b.says(nbsp('vos autorisations désormais : −AUDIO'));
    b.types('end');
    await a.says(/session avec [\d ]+ terminée \(par l’autre côté, après \d+ s\)/);
    // What the server refuses comes back in French, with what to do next.
    a.types('invite 999 999 998');
    await a.says('Aucun appareil n’a cet identifiant ou cet alias.');
    await a.says('Vérifiez l’identifiant ou l’alias avec l’autre côté');
    a.types('help');
    await a.says(nbsp('Répondre à ce qui arrive'));
    a.types('quitter');
    expect(await a.ends()).toBe(0);

    const invite = new Program(AGENT, ['--state', ana.state, 'invite', ben.address], french);
    await invite.says(`Invitation envoyée à ${ben.grouped} — Default`);
    await invite.says('En attente de la réponse …');
    await b.says('INVITATION de');
    b.types('r');
    await invite.says('a refusé l’invitation.');
    expect(await invite.ends()).toBe(1);
    const sessions = new Program(AGENT, ['--state', ana.state, 'sessions'], french);
    await sessions.says(`← par ${ben.grouped}`);
    const status = new Program(AGENT, ['--state', ana.state, 'status'], french);
    await status.says(/Appareil\s+Ana/);
    await status.says(nbsp('« Screen sharing » : AUDIO'));
    await status.says('Rien n’attend, aucune session n’est en cours.');
  });

  it('is told in French that no server answers, and that the device is not known to any', async () => {
    const server = 'http://127.0.0.1:1';
    const state = `${temporaryFolder()}/agent.json`;
    const enrol = new Program(AGENT, ['--language', 'fr', '--state', state, '--server', server, 'enrol']);
    await enrol.says(`✗ Le serveur ${server}/graphql est injoignable`);
    await enrol.says(nbsp('Le serveur y est-il en marche ?'));
    expect(await enrol.ends()).toBe(1);
    const run = new Program(AGENT, ['--language', 'fr', '--state', state, 'run']);
    await run.says('Aucun serveur ne connaît encore cette machine');
    expect(await run.ends()).toBe(2);
  });
});
