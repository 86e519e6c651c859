import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { ensureOperator, rotateOperatorToken } from '../../server/domain/operator.ts';
import { testApp } from '../../server/testing/app.ts';
import { mailsTo } from '../../server/testing/people.ts';
import { closeAfterTest } from '../../server/testing/resources.ts';
import { englishLines, helpPages, linesTooWide } from '../testing/help.ts';
import { EN, FR } from './catalogue/catalogue.ts';
import { exitCodeOf, problemInWords, UsageError } from './problems.ts';
import { operatorProgram } from './program.ts';
import { licenceOf, termOf } from './terms.ts';

const run = promisify(execFile);
const OPERATOR = fileURLToPath(new URL('./main.ts', import.meta.url));

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly problem: string;
}

/** Runs the command line within this process: starting one for each would take a second. */
async function operator(args: readonly string[], env: Record<string, string> = {}, words = EN): Promise<Ended> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    await operatorProgram(words).parseAsync(args, { from: 'user' });
    return { code: 0, out: `${lines.join('\n')}\n`, problem: '' };
  } catch (error) {
    return { code: exitCodeOf(error), out: '', problem: problemInWords(error, words).join('\n') };
  } finally {
    log.mockRestore();
    vi.unstubAllEnvs();
  }
}

describe('the operator’s command line', () => {
  it('LIC-01 LIC-12 issues, lists, suspends, resumes, renews, revokes and sends again', async () => {
    const app = await testApp();
    const port = await app.listen();
    await ensureOperator(app.services);
    const folder = mkdtempSync(join(tmpdir(), 'beckon-operator-'));
    closeAfterTest(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'token');
    writeFileSync(file, `${await rotateOperatorToken(app.services)}\n`);
    const call = (...args: string[]) =>
      operator(['--server', `http://127.0.0.1:${port}`, '--token-file', file, ...args]);

    const issue = [
      'issue',
      'it@north.test',
      'monitoring:10:12m',
      'backup:1:2026-06-30:business',
      '--mail-language',
      'fr',
    ];
    const issued = await call(...issue, '--order', '815');
    expect(issued).toMatchObject({ code: 0, problem: '' });
    const [id = ''] = /lic_\S+/.exec(issued.out) ?? [];
    expect(issued.out).toContain(`${id}  MONITORING CORPORATE  0/10 seats\n  issued, until 2027-01-01, bought by`);
    expect(issued.out).toContain('BACKUP BUSINESS  0/1 seats\n  issued, until 2026-06-30');
    expect((await call(...issue, '--order', '815')).out).toBe(issued.out);
    expect(await mailsTo(app, 'it@north.test')).toHaveLength(2);

    expect((await call('suspend', id)).out).toContain('suspended, until 2027-01-01');
    expect((await call('list', '--status', 'suspended')).out).toContain(id);
    const refused = await call('resend', id);
    expect(refused.code).toBe(1);
    expect(refused.problem).toBe('id: This licence is suspended. Ask whoever sold it to you.\nResume it first.');
    expect((await call('resume', id)).out).toContain('issued, until');
    expect((await call('renew', id, '12m')).out).toContain('until 2028-01-01');
    expect((await call('revoke-link', id)).out).toContain('link revoked');
    expect((await call('resend', id)).out).toContain('link open');
    const json = (await call('list', '--product', 'backup', '--json')).out.trim();
    expect(JSON.parse(json)).toMatchObject({ product: 'BACKUP', purchaseEmail: 'it@north.test' });
    expect((await call('list', '--email', 'nobody@north.test')).out).toBe('There is none.\n');

    const log = (await call('audit', '--licence', id)).out;
    expect(log.match(/licence [A-Z_]+/g)).toEqual(
      ['LINK_SENT', 'LINK_REVOKED', 'RENEWED', 'RESUMED', 'SUSPENDED', 'ISSUED'].map((change) => `licence ${change}`),
    );
    expect(log).toContain('purchaseEmail – → "it@north.test"');
    expect(log).toContain(`expiresAt ${EN.formats.instant('2027-01-01')} → ${EN.formats.instant('2028-01-01')}`);
    expect((await call('audit')).out).toContain('operatorToken ROTATED');
    expect((await call('audit', '--licence', 'lic_none')).out).toBe('There is none.\n');
  });

  it('says what is missing or wrong, and what to do', async () => {
    const missing = await operator(['list']);
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.problem).toContain('BECKON_OPERATOR_TOKEN');
    const app = await testApp();
    const port = await app.listen();
    const wrong = await operator(['--server', `http://127.0.0.1:${port}`, 'list'], {
      BECKON_OPERATOR_TOKEN: 'bkn_opr_wrong',
    });
    expect(wrong.code).toBe(1);
    expect(wrong.problem).toContain('npm start -- operator-token');
    const { stdout } = await run(process.execPath, [OPERATOR, '--language', 'en', 'issue', '--help']);
    expect(stdout).toContain('npm run operator -- issue it@north.example monitoring:10:12m');
  });

  it('API-08 LIC-01 speaks French: what it issued, what is refused and what is wrong', async () => {
    const app = await testApp();
    const port = await app.listen();
    await ensureOperator(app.services);
    const env = { BECKON_OPERATOR_TOKEN: await rotateOperatorToken(app.services) };
    const call = (...args: string[]) => operator(['--server', `http://127.0.0.1:${port}`, ...args], env, FR);
    const issued = await call('issue', 'it@north.test', 'monitoring:10:12m');
    const [id = ''] = /lic_\S+/.exec(issued.out) ?? [];
    expect(issued.out).toBe(
      `${id}  MONITORING CORPORATE  0/10 places\n  émise, jusqu’au 01/01/2027, achetée par it@north.test, lien utilisable\n`,
    );
    await call('issue', 'it@north.test', 'backup:1:1m', '--mail-language', 'en');
    const subjects = (await mailsTo(app, 'it@north.test')).map(({ subject }) => subject);
    expect(subjects.sort()).toEqual([expect.stringMatching(/^Activate/), expect.stringMatching(/^Activez/)]);
    expect((await call('suspend', id)).out).toContain('suspendue, jusqu’au');
    expect((await call('resend', id)).problem).toBe(
      'id\u00a0: Cette licence est suspendue. Adressez-vous à votre vendeur.\nCommencez par la reprendre\u00a0: resume.',
    );
    expect((await call('list', '--status', 'suspended')).out).toContain(id);
    expect((await call('list', '--email', 'nobody@north.test')).out).toBe('Il n’y en a pas.\n');
    expect((await call('list', '--product', 'cars')).problem).toContain('«\u00a0cars\u00a0» n’est pas un produit');
    expect((await call('audit', '--licence', id)).out).toMatch(/licence SUSPENDED/);
    expect((await operator(['list'], { BECKON_OPERATOR_TOKEN: '' }, FR)).problem).toContain('Il manque le jeton');
  });

  it('API-08 has a French page of help for every command, without a word of English', () => {
    const pages = helpPages(operatorProgram(FR));
    expect([...pages.keys()]).toEqual([...helpPages(operatorProgram(EN)).keys()]);
    expect(pages.size).toBe(9);
    for (const [name, page] of pages) expect([englishLines(page), linesTooWide(page)], name).toEqual([[], []]);
    for (const [name, page] of helpPages(operatorProgram(EN))) expect(linesTooWide(page), name).toEqual([]);
  });

  it('reads licences and terms as people write them, and nothing else', () => {
    expect(licenceOf('web-monitoring:3:1m', 'PREMIUM')).toEqual({
      product: 'WEB_MONITORING',
      seats: 3,
      edition: 'PREMIUM',
      months: 1,
    });
    expect(termOf('2028-02-29')).toEqual({ expiresAt: '2028-02-29T00:00:00.000Z' });
    for (const text of ['', 'm', '12', '12months', '2027-02-29', '2027-1-1', '-1m', '1e3m']) {
      expect(() => termOf(text), text).toThrow(UsageError);
    }
    for (const text of [
      '',
      'monitoring',
      'monitoring:x:1m',
      'cars:1:1m',
      'backup:1:1m:gold',
      'backup:1:1m:premium:x',
    ]) {
      expect(() => licenceOf(text, 'PREMIUM'), text).toThrow(UsageError);
    }
  });
});
