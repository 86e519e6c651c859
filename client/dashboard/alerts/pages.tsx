import { Button, Text } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page } from '../app/page.tsx';
import { useAccount } from '../data/session.tsx';
import { Empty } from '../parts/empty.tsx';
import { Alerts } from './alerts.tsx';

/** The pages below /alerts. */
export default function Pages() {
  const { t } = useTranslation('alerts');
  const { company } = useAccount();
  return (
    <Page title={t('title')} lead={t('lead')}>
      {company ? (
        <Alerts service={null} />
      ) : (
        <Empty icon={IconBuilding} title={t('noCompany')}>
          <Text size="sm">{t('noCompanyText')}</Text>
          <Button component={Link} href="/company">
            {t('toCompany')}
          </Button>
        </Empty>
      )}
    </Page>
  );
}
