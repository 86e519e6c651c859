import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COOKIE_FIELDS } from './cookie-order.ts';

const SCHEMA = join(import.meta.dirname, '..', '..', '..', 'server', 'schema');

test('every mutation that answers with a cookie waits for the requests that came with the one before', () => {
  const setting = globSync('*.ts', { cwd: SCHEMA })
    .filter((path) => !path.endsWith('.test.ts'))
    .flatMap((path) =>
      readFileSync(join(SCHEMA, path), 'utf8')
        .split(/^mutation\('/m)
        .slice(1),
    )
    .filter((text) => text.includes('cookieSetter(ctx)'))
    .map((text) => text.slice(0, text.indexOf("'")));
  expect([...COOKIE_FIELDS].sort()).toEqual(setting.sort());
});
