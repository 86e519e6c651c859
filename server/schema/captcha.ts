import { type CaptchaChallenge, createCaptcha } from '../domain/captcha.ts';
import { builder } from './builder.ts';

const Captcha = builder.objectRef<CaptchaChallenge>('CaptchaChallenge').implement({
  description: 'A proof of work (ALTCHA): no third party, no picture, no personal data.',
  fields: (t) => ({
    challenge: t.exposeString('challenge', {
      description:
        'The challenge as JSON. `solveCaptcha` of the typed client, or any ALTCHA 2 solver with PBKDF2, answers it in ' +
        'some tenths of a second; `signUp` takes base64 of `{"challenge":…,"solution":…}`.',
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Solutions are accepted before this instant.' }),
  }),
});

builder.queryField('captcha', (t) =>
  t.field({
    type: Captcha,
    description: 'A new captcha for `signUp`; for everybody. Good for ten minutes, and for one account.',
    resolve: (_root, _args, ctx) => createCaptcha(ctx),
  }),
);
