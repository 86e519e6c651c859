import { Alert, Button, Center, Loader, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { VerifyEmailMutation } from '../../graphql/graphql.ts';
import { useSession } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { Arrival } from './arrival.tsx';
import { linkToken } from './link-token.ts';
import { OfferCard } from './offer-card.tsx';
import { VerifyEmail } from './operations.ts';
import { SignInAs } from './sign-in-as.tsx';
import { useResend } from './use-resend.ts';

type Verified = Extract<VerifyEmailMutation['verifyEmail'], { email: string }>;
type Outcome = { readonly verified: Verified } | { readonly refused: string } | 'WORKING' | 'FAILED';

/** Opens the link of a verification mail, and leads on to the activation that it carries (LIC-08, LIC-09). */
export default function VerifyPage() {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const token = linkToken('verify');
  const verify = useMutate(VerifyEmail);
  const [outcome, setOutcome] = useState<Outcome>(token === null ? { refused: t('verify.none') } : 'WORKING');
  const begun = useRef(false);

  const open = async (): Promise<void> => {
    if (token === null) return;
    setOutcome('WORKING');
    const { payload, refusal } = await verify.run({ token });
    setOutcome(payload ? { verified: payload } : refusal ? { refused: refusal.message } : 'FAILED');
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link is opened once; opening it again is harmless, too
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void open();
  }, []);

  if (outcome === 'WORKING') {
    return (
      <Arrival title={t('verify.working')}>
        <Center py="md" role="status" aria-label={common('loading')}>
          <Loader type="dots" aria-hidden />
        </Center>
      </Arrival>
    );
  }
  if (outcome === 'FAILED') {
    return (
      <Arrival title={common('failed')}>
        <Button fullWidth onClick={() => void open()}>
          {common('tryAgain')}
        </Button>
      </Arrival>
    );
  }
  return 'verified' in outcome ? <Done verified={outcome.verified} /> : <NewLink why={outcome.refused} />;
}

function Done({ verified }: { verified: Verified }) {
  const { t } = useTranslation('arriving');
  const { person, restart } = useSession();
  const { email, alreadyVerified, licenceOffer } = verified;
  const mine = person?.email.toLowerCase() === email.toLowerCase();
  const goOn = licenceOffer ? `/activate?licence=${licenceOffer.licenceId}` : '/';
  const outdated = mine && person?.verified === false;
  // What is known here of who is signed in was read before.
  useEffect(() => {
    if (outdated) restart();
  }, [outdated, restart]);
  return (
    <Arrival title={t('verify.title')}>
      <Stack>
        <Text>{alreadyVerified ? t('verify.already', { email }) : t('verify.text', { email })}</Text>
        {licenceOffer && (
          <>
            <Text fw={600}>{t('verify.offer')}</Text>
            <OfferCard offer={licenceOffer} />
          </>
        )}
        {person && !mine && <SignedInAsOther present={person.email} />}
        {mine ? (
          <Button component={Link} href={goOn} fullWidth>
            {licenceOffer ? t('verify.carryOn') : t('verify.goOn')}
          </Button>
        ) : (
          <SignInAs email={email} next={goOn}>
            {licenceOffer ? t('verify.signInToActivate') : t('signIn.submit')}
          </SignInAs>
        )}
      </Stack>
    </Arrival>
  );
}

function SignedInAsOther({ present }: { present: string }) {
  const { t } = useTranslation('arriving');
  return <Alert color="yellow">{t('verify.wrongAccount', { email: present })}</Alert>;
}

/** The way on from a link that cannot be used: a new one, here and now. */
function NewLink({ why }: { why: string }) {
  const { t } = useTranslation('arriving');
  const { person } = useSession();
  const { send, busy, sent, refused } = useResend();
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: person?.email ?? '' } });
  return (
    <Arrival title={t('verify.deadTitle')} lead={why}>
      <form onSubmit={form.onSubmit(({ email }) => send(email))}>
        <Stack>
          <TextInput
            label={t('email')}
            description={t('verify.newLink')}
            type="email"
            autoComplete="username"
            required
            key={form.key('email')}
            {...form.getInputProps('email')}
          />
          {(sent || refused) && (
            <Alert color={sent ? 'teal' : 'red'} role={sent ? 'status' : 'alert'}>
              {refused ?? t('checkMail.sent')}
            </Alert>
          )}
          <Button type="submit" loading={busy} fullWidth>
            {t('verify.send')}
          </Button>
        </Stack>
      </form>
    </Arrival>
  );
}
