import { instant, table, text } from '../columns.ts';

/** Captcha solutions that were accepted, so that each is accepted once; kept until the challenge has expired. */
export const spentCaptchas = table('spent_captchas', {
  signature: text('signature').primaryKey(),
  expiresAt: instant('expires_at').notNull(),
});
