import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconGift, IconLicense } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CompanyLicenceFragment } from '../../../graphql/graphql.ts';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Ago, Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { Seats } from '../../services/seats.tsx';
import { LicenceState } from './licence-status.tsx';
import { CompanyLicences } from './operations.ts';

/** The licences of the company, and those that wait for the viewer to activate them. */
export default function LicencesPage() {
  const { t } = useTranslation(['company', 'common']);
  const pages = usePages(CompanyLicences, {}, (data) => data.viewer.account?.company?.licences);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <Page title={t('licence.title')} lead={t('licence.lead')}>
      <Stack gap="sm">
        <WaitingLicences />
        <Rows
          label={t('licence.title')}
          {...{ pages, columns }}
          keyOf={({ id }) => id}
          rowHeight={72}
          empty={
            <Empty icon={IconLicense} title={t('licence.none')}>
              <Text size="sm">{t('licence.noneText')}</Text>
            </Empty>
          }
        />
      </Stack>
    </Page>
  );
}

/** Licences that wait for the step “Activate” (LIC-10); nothing where there is none. */
export function WaitingLicences() {
  const { t } = useTranslation(['company', 'common']);
  const { licenceOffers } = useAccount();
  return licenceOffers
    .filter(({ activatedByViewer }) => !activatedByViewer)
    .map(({ licenceId, product }) => (
      <Alert key={licenceId} role="status" icon={<IconGift />}>
        <Group justify="space-between" gap="sm">
          <Text size="sm">{t('create.waiting', { service: t(`common:service.${product}`) })}</Text>
          <Button component={Link} href={`/activate?licence=${licenceId}`} size="compact-sm">
            {t('create.activate')}
          </Button>
        </Group>
      </Alert>
    ));
}

function columnsOf(t: TFunction<['company', 'common']>): Column<CompanyLicenceFragment>[] {
  return [
    {
      name: 'product',
      title: t('licence.product'),
      width: 'minmax(10rem, 1.4fr)',
      cell: ({ product, edition }) => (
        <div>
          <Text fw={600}>{t(`common:service.${product}`)}</Text>
          <Text size="sm" c="dimmed" title={t(`licence.editionText.${edition}`)}>
            {t(`licence.edition.${edition}`)}
          </Text>
        </div>
      ),
    },
    {
      name: 'seats',
      title: t('licence.seats'),
      width: 'minmax(9rem, 1.2fr)',
      cell: (licence) => <Seats overview={licence} />,
    },
    {
      name: 'term',
      title: t('licence.term'),
      width: 'minmax(9rem, 1fr)',
      cell: ({ expiresAt, status }) => (
        <div>
          <Text size="sm">
            {status === 'EXPIRED' ? t('licence.ended') : t('licence.until')} <Instant at={expiresAt} dateOnly />
          </Text>
          <Text size="sm" c="dimmed">
            <Ago at={expiresAt} />
          </Text>
        </div>
      ),
    },
    {
      name: 'status',
      title: t('licence.status'),
      width: 'minmax(11rem, 1.6fr)',
      cell: ({ status }) => <LicenceState status={status} />,
    },
    {
      name: 'holder',
      title: t('licence.holder'),
      width: 'minmax(7rem, 1fr)',
      wideOnly: true,
      cell: ({ holder }) => <Text size="sm">{holder?.name ?? '–'}</Text>,
    },
  ];
}
