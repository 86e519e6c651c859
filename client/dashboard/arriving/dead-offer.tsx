import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { Arrival } from './arrival.tsx';
import { ActivateOfferedLicence } from './operations.ts';
import { SignInAs } from './sign-in-as.tsx';

/**
 * An activation link that cannot be used: why, as far as the server tells this account, and the way on. To a visitor all
 * such links are alike.
 */
export function DeadOffer({ token, onAlive }: { token: string; onAlive(): void }) {
  const { t } = useTranslation('arriving');
  const { account } = useSession();
  const { run } = useMutate(ActivateOfferedLicence);
  const [why, setWhy] = useState<{ code: string; message: string } | null>(null);
  const asked = account !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once; a preview changes nothing
  useEffect(() => {
    if (!asked) return;
    void run({ token, dryRun: true }).then(({ payload, refusal }) => {
      if (payload) onAlive();
      else if (refusal) setWhy(refusal);
    });
  }, [asked, token]);

  if (why?.code === 'ALREADY_ACTIVATED') {
    return (
      <Arrival title={t('activate.mineTitle')} lead={t('activate.colleague')}>
        <Button component={Link} href="/company/licences" fullWidth>
          {t('activate.seeLicences')}
        </Button>
      </Arrival>
    );
  }
  return (
    <Arrival title={t('activate.deadTitle')} lead={why?.message ?? t('activate.deadText')}>
      <Stack>
        <Text size="sm">{account ? t('activate.deadSignedIn') : t('activate.seller')}</Text>
        <SignInAs next="/activate" variant={account ? 'default' : 'filled'}>
          {account ? t('activate.useOther') : t('signIn.submit')}
        </SignInAs>
        {account && (
          <Button component={Link} href="/" fullWidth variant="subtle">
            {t('activate.toStart')}
          </Button>
        )}
      </Stack>
    </Arrival>
  );
}
