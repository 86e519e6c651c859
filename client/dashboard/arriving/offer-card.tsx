import { Badge, Card, Group, Text, ThemeIcon } from '@mantine/core';
import { IconLicense } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { OfferFieldsFragment } from '../../graphql/graphql.ts';
import { exactDate } from '../parts/ago.tsx';

type Offered = Pick<OfferFieldsFragment, 'product' | 'edition' | 'seats' | 'expiresAt'>;

/** What a licence is for: its service, edition, devices and term. */
export function OfferCard({ offer }: { offer: Offered }) {
  const { t, i18n } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { product, edition, seats, expiresAt } = offer;
  return (
    <Card withBorder radius="md" padding="md">
      <Group gap="md" wrap="nowrap">
        <ThemeIcon variant="light" size={44} radius="md" aria-hidden>
          <IconLicense size={26} stroke={1.5} />
        </ThemeIcon>
        <div>
          <Group gap="xs">
            <Text fw={650} size="lg">
              {common(`service.${product}`)}
            </Text>
            <Badge variant="default" tt="none">
              {t(`edition.${edition}`)}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {t('offer.seats', { count: seats })} · {t('offer.until', { date: exactDate(expiresAt, i18n.language) })}
          </Text>
        </div>
      </Group>
    </Card>
  );
}
