import { DrizzleQueryError } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { loggableError } from './loggable-error.ts';

it('an error is logged with what went wrong and where, but without the values of its statement', () => {
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: 'Key (hash)=(s3cret)' });
  const error = new DrizzleQueryError('insert into "t" values ($1, $2)', ['s3cret\n    at s3cret', 7], cause);
  const logged = loggableError(error);
  expect(logged).toMatchObject({
    type: 'DrizzleQueryError',
    message: 'Failed query: insert into "t" values ($1, $2)',
    cause: { type: 'Error', message: 'duplicate key', code: '23505' },
  });
  expect(logged.at).toMatch(/^at .*loggable-error\.test\.ts/);
  expect(JSON.stringify(logged)).not.toContain('s3cret');
});

it('a message that repeats a secret of ours is logged without it', () => {
  const { message } = loggableError(new Error('554 blocked: https://x.test/verify?token=bkn_lnk_AbC-9_x.'));
  expect(message).toBe('554 blocked: https://x.test/verify?token=bkn_lnk_….');
});

it('whatever is thrown can be logged', () => {
  expect(loggableError('bkn_dev_secret')).toEqual({ type: 'string', message: 'what was thrown is no error' });
  expect(loggableError(null)).toEqual({ type: 'object', message: 'what was thrown is no error' });
  const circle = new Error('round');
  circle.cause = circle;
  expect(JSON.stringify(loggableError(circle))).toContain('round');
});
