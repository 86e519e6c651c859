import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ServiceSummaryFragment } from '../../graphql/graphql.ts';

/** From this share on, the seats that are left are few. */
const FEW_LEFT = 0.9;

/** How many of the seats that were bought are taken. */
export function Seats({
  overview: { seats, seatsUsed },
}: {
  overview: Pick<ServiceSummaryFragment, 'seats' | 'seatsUsed'>;
}) {
  const { t } = useTranslation('services');
  const share = seats === 0 ? 1 : seatsUsed / seats;
  return (
    <div>
      <Text size="sm">{t('seats', { used: seatsUsed, count: seats })}</Text>
      <Progress
        value={share * 100}
        color={share >= FEW_LEFT ? 'orange' : 'signal'}
        size="sm"
        mt={4}
        aria-label={t('seatsLabel')}
      />
    </div>
  );
}
