import { Alert, Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, Redirect, useSearchParams } from 'wouter';
import { servicePath } from '../app/services.ts';
import { useSession } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { Arrival } from './arrival.tsx';
import { ResendButton } from './check-mail.tsx';
import { ConfirmActivation } from './confirm-activation.tsx';
import { DeadOffer } from './dead-offer.tsx';
import Gate from './gate.tsx';
import { linkToken } from './link-token.ts';
import { OfferCard } from './offer-card.tsx';
import { ActivatedLicence, LicenceOfferQuery } from './operations.ts';
import { withNext } from './own-path.ts';
import { SignInAs } from './sign-in-as.tsx';
import { TwoWays } from './two-ways.tsx';

/** Activates a licence (LIC-03, LIC-04, LIC-10): by the link of its mail, or as a sign-up carried it on. */
export default function ActivatePage() {
  const { person, gate } = useSession();
  const [parameters] = useSearchParams();
  const licenceId = parameters.get('licence');
  const token = linkToken('activate');
  if (gate === 'SECOND_FACTOR') return <Gate />;
  if (licenceId !== null) {
    if (person) return <CarriedOffer licenceId={licenceId} />;
    return <Redirect to={withNext('/sign-in', `/activate?licence=${encodeURIComponent(licenceId)}`)} replace />;
  }
  return token === null ? <NoLink /> : <LinkedOffer token={token} />;
}

/** What the link of an activation mail offers. */
function LinkedOffer({ token }: { token: string }) {
  const { t } = useTranslation('arriving');
  const { person, gate } = useSession();
  const { data, instead, again } = useData(LicenceOfferQuery, { token });
  if (!data) return instead;
  const offer = data.licenceOffer;
  if (!offer) return <DeadOffer token={token} onAlive={again} />;
  if (offer.activatedByViewer) return <Mine product={offer.product} />;
  if (person && gate === null) return <ConfirmActivation offer={offer} by={{ token }} />;
  return (
    <Arrival wide title={t('activate.title')} lead={t('activate.lead')}>
      <Stack>
        <OfferCard offer={offer} />
        {person ? <ConfirmFirst email={person.email} /> : <TwoWays />}
      </Stack>
    </Arrival>
  );
}

/** A licence that one's own sign-up carried on. */
function CarriedOffer({ licenceId }: { licenceId: string }) {
  const { t } = useTranslation('arriving');
  const { person, account } = useSession();
  if (person && !account) {
    return (
      <Arrival wide title={t('activate.title')}>
        <ConfirmFirst email={person.email} />
      </Arrival>
    );
  }
  const offer = account?.licenceOffers.find((one) => one.licenceId === licenceId);
  return offer ? <ConfirmActivation offer={offer} by={{ licenceId }} /> : <PerhapsActive licenceId={licenceId} />;
}

/** No offer any more: because it was activated, or because it cannot be. */
function PerhapsActive({ licenceId }: { licenceId: string }) {
  const { data, instead } = useData(ActivatedLicence, { id: licenceId });
  if (!data) return instead;
  return data.node?.__typename === 'Licence' ? <Mine product={data.node.product} /> : <NoLink />;
}

function Mine({ product }: { product: Parameters<typeof servicePath>[0] }) {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  return (
    <Arrival title={t('activate.mineTitle')} lead={t('activate.mineText')}>
      <Button component={Link} href={servicePath(product)} fullWidth>
        {t('activate.toService', { service: common(`service.${product}`) })}
      </Button>
    </Arrival>
  );
}

/** For an account whose address is not confirmed yet: it can see the offer, and nothing more. */
function ConfirmFirst({ email }: { email: string }) {
  const { t } = useTranslation('arriving');
  return (
    <>
      <Alert color="yellow" title={t('activate.confirmFirst')}>
        {t('activate.confirmFirstText', { email })}
      </Alert>
      <ResendButton email={email} />
      <SignInAs next="/activate" variant="subtle">
        {t('activate.useOther')}
      </SignInAs>
    </>
  );
}

/** Opened without a link: what waits for the account, or where the link is. */
function NoLink() {
  const { t } = useTranslation('arriving');
  const { person, account } = useSession();
  const offers = account?.licenceOffers ?? [];
  if (offers.length === 0) {
    return (
      <Arrival title={t('activate.noneTitle')} lead={t('activate.noneText')}>
        <Stack>
          <Text size="sm">{t('activate.seller')}</Text>
          {person ? (
            <Button component={Link} href="/" fullWidth variant="default">
              {t('activate.toStart')}
            </Button>
          ) : (
            <SignInAs next="/activate">{t('signIn.submit')}</SignInAs>
          )}
        </Stack>
      </Arrival>
    );
  }
  return (
    <Arrival wide title={t('activate.waiting')}>
      <Stack>
        {offers.map((offer) => (
          <Stack key={offer.licenceId} gap="xs">
            <OfferCard offer={offer} />
            <Button component={Link} href={`/activate?licence=${offer.licenceId}`}>
              {t('activate.submit')}
            </Button>
          </Stack>
        ))}
      </Stack>
    </Arrival>
  );
}
