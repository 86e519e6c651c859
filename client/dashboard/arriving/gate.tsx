import { Alert, Anchor, Button, Stack } from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { SetUpSecondFactor } from '../account/set-up-second-factor.tsx';
import { ViewerQuery } from '../data/operations.ts';
import { useSession } from '../data/session.tsx';
import { Arrival } from './arrival.tsx';
import { ResendButton } from './check-mail.tsx';

/** What somebody who is signed in has to do before anything else is shown. */
export default function Gate() {
  const { gate, person } = useSession();
  if (!person) return null;
  return gate === 'SECOND_FACTOR' ? <SecondFactorFirst /> : <AddressFirst email={person.email} />;
}

/** The address is to be confirmed by the link in the mail; goes on by itself when one comes back from it. */
function AddressFirst({ email }: { email: string }) {
  const { t } = useTranslation('arriving');
  const client = useClient();
  const [looked, setLooked] = useState(false);
  const look = useCallback(
    () => client.query(ViewerQuery, {}, { requestPolicy: 'network-only' }).toPromise(),
    [client],
  );
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') void look();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [look]);
  return (
    <Arrival title={t('unverified.title')} lead={t('unverified.text', { email })} ways={<SignOut />}>
      <Stack>
        {looked && <Alert color="yellow">{t('unverified.notYet')}</Alert>}
        <Button
          fullWidth
          onClick={async () => {
            await look();
            setLooked(true);
          }}
        >
          {t('unverified.check')}
        </Button>
        <ResendButton email={email} />
      </Stack>
    </Arrival>
  );
}

function SecondFactorFirst() {
  const { t } = useTranslation('arriving');
  const { restart } = useSession();
  return (
    <Arrival wide title={t('gate.title')} lead={t('gate.lead')} ways={<SignOut />}>
      <SetUpSecondFactor onDone={restart} />
    </Arrival>
  );
}

function SignOut() {
  const { t } = useTranslation('arriving');
  const { signOut } = useSession();
  return (
    <Anchor component="button" type="button" inherit onClick={() => void signOut()}>
      {t('gate.signOut')}
    </Anchor>
  );
}
