import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconBuilding, IconLicense } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAccount, type ViewerAccount } from '../data/session.tsx';

/** What waits for a decision on the start page: licences to activate, and companies that invite. */
export default function WaitingOffers() {
  const { licenceOffers, joinOffers, company } = useAccount();
  const [path] = useLocation();
  if (path !== '/') return null;
  return (
    <>
      {licenceOffers.length > 0 && <Licences offers={licenceOffers} />}
      {company === null && joinOffers.map((offer) => <Invitation key={offer.invitationId} offer={offer} />)}
    </>
  );
}

/** Licences that one's sign-up carried on and that wait for the step “Activate” (LIC-09, LIC-10). */
function Licences({ offers }: { offers: ViewerAccount['licenceOffers'] }) {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  return (
    <Alert mb="md" icon={<IconLicense size={18} />} title={t('offers.title', { count: offers.length })}>
      <Stack gap="xs">
        {offers.map(({ licenceId, product, edition }) => (
          <Group key={licenceId} justify="space-between" gap="xs">
            <Text size="sm">
              {common(`service.${product}`)} ({t(`edition.${edition}`)})
            </Text>
            <Button component={Link} href={`/activate?licence=${licenceId}`} size="compact-sm">
              {t('offers.activate')}
            </Button>
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}

/** A company that invited one's address. */
function Invitation({ offer }: { offer: ViewerAccount['joinOffers'][number] }) {
  const { t } = useTranslation('arriving');
  const { companyName: company, invitedByName: inviter, invitationId } = offer;
  return (
    <Alert mb="md" icon={<IconBuilding size={18} />}>
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('join.lead', { company, inviter })}</Text>
        <Button component={Link} href={`/join?invitation=${invitationId}`} size="compact-sm">
          {t('join.submit')}
        </Button>
      </Group>
    </Alert>
  );
}
