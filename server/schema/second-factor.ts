import type { SecondFactorState } from '../domain/second-factor.ts';
import { builder } from './builder.ts';

export const SecondFactor = builder.objectRef<SecondFactorState>('SecondFactor').implement({
  description:
    'How an account stands to a second factor: an authenticator app (TOTP), whose code is asked for beside the password. ' +
    'Visible to its owner only.',
  fields: (t) => ({
    enabled: t.boolean({
      description: 'Whether signing in takes a code.',
      resolve: ({ since }) => since !== null,
    }),
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'When the app was confirmed; null where signing in takes no code.',
    }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft', {
      description: 'How many recovery codes can still be used, once each; 0 where signing in takes no code.',
    }),
  }),
});
