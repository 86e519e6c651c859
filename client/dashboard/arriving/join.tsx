import { Alert, Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'wouter';
import type { JoinOfferQuery as Offered } from '../../graphql/graphql.ts';
import { useSession } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { Arrival } from './arrival.tsx';
import { ResendButton } from './check-mail.tsx';
import Gate from './gate.tsx';
import { dropLinkToken, linkToken } from './link-token.ts';
import { AcceptMemberInvitation, JoinOfferQuery } from './operations.ts';
import { withNext } from './own-path.ts';
import { SignInAs } from './sign-in-as.tsx';

type Offer = Pick<NonNullable<Offered['joinOffer']>, 'companyName' | 'invitedByName' | 'email' | 'isForViewer'>;
/** How the invitation is named: by the mailed link, or by its id for the account with the address. */
type By = { readonly token: string } | { readonly invitationId: string };

/** Joins the company that invited a colleague by mail. */
export default function JoinPage() {
  const { t } = useTranslation('arriving');
  // Kept where joining drops it: the page is still here for a moment.
  const [token] = useState(() => linkToken('join'));
  const { gate, account } = useSession();
  const [parameters] = useSearchParams();
  const invitation = parameters.get('invitation');
  if (gate === 'SECOND_FACTOR') return <Gate />;
  const offer = account?.joinOffers.find(({ invitationId }) => invitationId === invitation);
  if (account && offer)
    return (
      <Pending
        offer={{ ...offer, email: account.email, isForViewer: true }}
        by={{ invitationId: offer.invitationId }}
      />
    );
  return token === null ? <Dead why={t('join.none')} /> : <Linked token={token} />;
}

function Linked({ token }: { token: string }) {
  const { t } = useTranslation('arriving');
  const { person, account } = useSession();
  const { data, instead } = useData(JoinOfferQuery, { token });
  if (!data) return instead;
  const offer = data.joinOffer;
  if (!offer) return <Dead why={t('join.unknown')} />;
  if (person && offer.isForViewer && account?.company?.name === offer.companyName) {
    return <Member company={offer.companyName} />;
  }
  if (offer.status !== 'PENDING') {
    const askAgain = offer.status === 'ACCEPTED' ? '' : t('join.askAgain', { inviter: offer.invitedByName });
    return <Dead why={`${t(`join.${offer.status}`)} ${askAgain}`} />;
  }
  return <Pending offer={offer} by={{ token }} />;
}

function Pending({ offer, by }: { offer: Offer; by: By }) {
  const { t } = useTranslation('arriving');
  const { person } = useSession();
  const { companyName: company, invitedByName: inviter } = offer;
  return (
    <Arrival
      title={t('join.title', { company })}
      lead={t('join.lead', { company, inviter })}
      ways={person && t('activate.as', person)}
    >
      <Stack>
        <NextStep offer={offer} by={by} />
      </Stack>
    </Arrival>
  );
}

/** What there is to do for whoever looks at it. */
function NextStep({ offer, by }: { offer: Offer; by: By }) {
  const { t } = useTranslation('arriving');
  const { person, account, gate } = useSession();
  const { companyName, email, isForViewer } = offer;
  if (!person) return <Ways email={email} />;
  if (!isForViewer) {
    return (
      <>
        <Alert color="yellow" title={t('join.wrongTitle')}>
          {t('join.wrongText', { email, present: person.email })}
        </Alert>
        <SignInAs email={email} next="/join">
          {t('join.switch', { email })}
        </SignInAs>
      </>
    );
  }
  if (gate === 'EMAIL') {
    return (
      <>
        <Alert color="yellow">{t('join.confirmFirst', { email })}</Alert>
        <ResendButton email={email} />
      </>
    );
  }
  const other = account?.company;
  if (!other) return <JoinButton by={by} company={companyName} />;
  return (
    <>
      <Alert color="yellow">{t('join.otherCompany', { company: other.name })}</Alert>
      <Button component={Link} href="/company" fullWidth variant="default">
        {t('join.toCompany', { company: other.name })}
      </Button>
    </>
  );
}

/** With an account, and without one. */
function Ways({ email }: { email: string }) {
  const { t } = useTranslation('arriving');
  const [, go] = useLocation();
  return (
    <>
      <Text size="sm">{t('join.for', { email })}</Text>
      <SignInAs email={email} next="/join">
        {t('join.signIn')}
      </SignInAs>
      <Button fullWidth variant="default" onClick={() => go(withNext('/sign-up', '/join'), { state: { email } })}>
        {t('join.signUp')}
      </Button>
    </>
  );
}

function JoinButton({ by, company }: { by: By; company: string }) {
  const { t } = useTranslation('arriving');
  const { restart } = useSession();
  const [, go] = useLocation();
  const accept = useMutate(AcceptMemberInvitation);
  const [refused, setRefused] = useState<string | null>(null);
  const join = async (): Promise<void> => {
    const { payload, refusal } = await accept.run(by);
    if (!payload) return setRefused(refusal?.message ?? null);
    dropLinkToken('join');
    notifications.show({ color: 'teal', message: t('join.welcome', { company }) });
    go('/', { replace: true });
    restart();
  };
  return (
    <>
      {refused && (
        <Alert color="red" role="alert">
          {refused}
        </Alert>
      )}
      <Button fullWidth loading={accept.busy} onClick={() => void join()}>
        {t('join.submit')}
      </Button>
    </>
  );
}

function Member({ company }: { company: string }) {
  const { t } = useTranslation('arriving');
  return (
    <Arrival title={t('join.title', { company })} lead={t('join.member', { company })}>
      <Button component={Link} href="/" fullWidth>
        {t('activate.toStart')}
      </Button>
    </Arrival>
  );
}

function Dead({ why }: { why: string }) {
  const { t } = useTranslation('arriving');
  const { person } = useSession();
  return (
    <Arrival title={t('join.deadTitle')} lead={why}>
      <Button component={Link} href={person ? '/' : '/sign-in'} fullWidth variant="default">
        {person ? t('activate.toStart') : t('signIn.submit')}
      </Button>
    </Arrival>
  );
}
