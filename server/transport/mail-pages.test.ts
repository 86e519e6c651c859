import { expect, it } from 'vitest';
import { change } from '../domain/change.ts';
import { queueMail } from '../domain/mail-outbox.ts';
import { testApp } from '../testing/app.ts';

it('mails of development mode are shown newest first, by recipient too, with links to follow and nothing of theirs run', async () => {
  const app = await testApp();
  const write = (recipient: string, subject: string, body: string) =>
    change(app.as({ kind: 'system' }), 'mail', {}, (tx) => queueMail(tx, { recipient, subject, body }));
  await write('ana@example.test', 'First', 'Open https://beckon.test/verify?token=bkn_lnk_a please.');
  app.clock.advance(1_000);
  await write('ben+x@example.test', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>');
  const url = `http://127.0.0.1:${await app.listen()}/dev/mails`;
  const answer = await fetch(url);
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await answer.text();
  expect(html).not.toMatch(/<script|<img/);
  expect(html.indexOf('ben+x@')).toBeLessThan(html.indexOf('First'));
  expect(html).toContain('<a href="https://beckon.test/verify?token=bkn_lnk_a">');
  expect(html).toContain('http-equiv="refresh"');
  expect(html).toContain('/dev/mails?to=ben%2Bx%40example.test');

  const one = await (await fetch(`${url}?to=ben%2Bx%40example.test&still=`)).text();
  expect(one).not.toContain('First');
  expect(one).not.toContain('http-equiv="refresh"');
  const hostile = await (await fetch(`${url}?to=${encodeURIComponent('"><script>alert(1)</script>')}`)).text();
  expect(hostile).not.toContain('<script');
  expect(hostile).toContain('No mail was written yet.');
});
