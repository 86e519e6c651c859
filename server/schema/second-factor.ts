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
    required: t.exposeBoolean('required', {
      description:
        'Whether one’s company requires it. Then, until it is enabled, everything but one’s own account and what sets it up ' +
        'is denied with SECOND_FACTOR_REQUIRED.',
    }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft', {
      description: 'How many recovery codes can still be used, once each; 0 where signing in takes no code.',
    }),
  }),
});
