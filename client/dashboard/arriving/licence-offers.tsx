import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconLicense } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useAccount } from '../data/session.tsx';

/** Licences that one's sign-up carried on and that wait for the step “Activate”, on the start page. */
export default function LicenceOffers() {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { licenceOffers } = useAccount();
  const [path] = useLocation();
  if (path !== '/' || licenceOffers.length === 0) return null;
  return (
    <Alert mb="md" icon={<IconLicense size={18} />} title={t('offers.title', { count: licenceOffers.length })}>
      <Stack gap="xs">
        {licenceOffers.map(({ licenceId, product, edition }) => (
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
