import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLicense, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import { Licences } from '../../api/operations/licences.ts';
import type { LicenceFieldsFragment, LicenceFilter, LicenceStatus, Service } from '../../graphql/graphql.ts';
import { Waiting } from '../app/app.tsx';
import { Page } from '../app/page.tsx';
import { SERVICES } from '../app/services.ts';
import { usePages } from '../data/use-pages.ts';
import { Instant } from '../parts/ago.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Empty } from '../parts/empty.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { SearchInput } from '../parts/search-input.tsx';
import { LicenceActions } from './licence-actions.tsx';
import { LicenceState } from './licence-state.tsx';
import { useFreshOnReturn } from './use-fresh.ts';

const IssueForm = lazy(() => import('./issue-form.tsx'));

const STATUSES = ['ISSUED', 'ACTIVE', 'SUSPENDED', 'EXPIRED'] as const satisfies readonly LicenceStatus[];
const PAGE = 50;

/** The licences of the installation: found, issued, mailed, suspended, renewed. */
export function LicencesPage() {
  const { t } = useTranslation('operator');
  const { t: common } = useTranslation();
  const [issuing, { open, close }] = useDisclosure(false);
  const [filter, change] = useFilter();
  const pages = usePages(Licences, { filter, first: PAGE }, (data) => data.licences);
  useFreshOnReturn(pages.refresh);
  const columns = useMemo(() => columnsOf(t, common), [t, common]);
  const filtered = Object.values(filter).some((value) => value !== null);
  return (
    <Page
      title={t('licences.title')}
      lead={t('licences.lead')}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={open}>
          {t('licences.issue')}
        </Button>
      }
    >
      <Filters filter={filter} onChange={change} />
      <Rows
        label={t('licences.title')}
        {...{ pages, columns }}
        keyOf={({ id }) => id}
        rowHeight={72}
        empty={
          filtered ? (
            <Empty icon={IconLicense} title={t('licences.noneFound')}>
              <Text size="sm">{t('licences.noneFoundText')}</Text>
              <Button variant="default" onClick={() => change({ status: null, product: null, purchaseEmail: null })}>
                {t('licences.everything')}
              </Button>
            </Empty>
          ) : (
            <Empty icon={IconLicense} title={t('licences.none')}>
              <Text size="sm">{t('licences.noneText')}</Text>
            </Empty>
          )
        }
      />
      <Modal
        opened={issuing}
        onClose={close}
        title={t('issue.title')}
        size="xl"
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <Suspense fallback={<Waiting />}>
          <IssueForm onDone={close} />
        </Suspense>
      </Modal>
    </Page>
  );
}

type Filter = Pick<LicenceFilter, 'status' | 'product' | 'purchaseEmail'>;

/** Which licences are listed, as the address has it. */
function useFilter(): readonly [Filter, (changed: Partial<Filter>) => void] {
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo<Filter>(
    () => ({
      status: STATUSES.find((status) => status === parameters.get('status')) ?? null,
      product: SERVICES.find((service) => service === parameters.get('product')) ?? null,
      purchaseEmail: parameters.get('email') || null,
    }),
    [parameters],
  );
  const change = (changed: Partial<Filter>): void => {
    const { status, product, purchaseEmail } = { ...filter, ...changed };
    const written = Object.entries({ status, product, email: purchaseEmail }).filter(([, value]) => value);
    setParameters(new URLSearchParams(written as [string, string][]), { replace: true });
  };
  return [filter, change];
}

function Filters({ filter, onChange }: { filter: Filter; onChange(changed: Partial<Filter>): void }) {
  const { t } = useTranslation('operator');
  const { t: common } = useTranslation();
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label={t('licences.status')}
        value={filter.status ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ status: (value || null) as LicenceStatus | null })}
        data={[
          { value: '', label: t('licences.any') },
          ...STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
      />
      <NativeSelect
        label={t('licences.product')}
        value={filter.product ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ product: (value || null) as Service | null })}
        data={[
          { value: '', label: t('licences.any') },
          ...SERVICES.map((service) => ({ value: service, label: common(`service.${service}`) })),
        ]}
      />
      <SearchInput
        label={t('licences.email')}
        placeholder={t('licences.emailHint')}
        value={filter.purchaseEmail ?? ''}
        onSearch={(text) => onChange({ purchaseEmail: text || null })}
      />
    </Group>
  );
}

function columnsOf(t: TFunction<'operator'>, common: TFunction): Column<LicenceFieldsFragment>[] {
  return [
    {
      name: 'licence',
      title: t('licences.licence'),
      width: 'minmax(0, 2fr)',
      cell: ({ id, product, edition }) => (
        <Stack gap={2}>
          <Text size="sm" fw={600}>
            {common(`service.${product}`)} · {t(`edition.${edition}`)}
          </Text>
          <Copyable value={id} size="sm" breakable />
        </Stack>
      ),
    },
    {
      name: 'status',
      title: t('licences.status'),
      width: '9rem',
      cell: ({ status }) => <LicenceState status={status} />,
    },
    {
      name: 'seats',
      title: t('licences.seats'),
      width: '6rem',
      cell: ({ seats, seatsUsed }) => <Text size="sm">{t('licences.used', { used: seatsUsed, seats })}</Text>,
    },
    {
      name: 'until',
      title: t('licences.until'),
      width: '8rem',
      cell: ({ expiresAt }) => (
        <Text size="sm">
          <Instant at={expiresAt} dateOnly />
        </Text>
      ),
    },
    { name: 'who', title: t('licences.who'), width: 'minmax(0, 2fr)', cell: (licence) => <Who licence={licence} /> },
    { name: 'actions', title: '', width: '2.5rem', cell: (licence) => <LicenceActions licence={licence} /> },
  ];
}

/** Who bought it, who holds it, and where the link stands that nobody has used yet. */
function Who({ licence }: { licence: LicenceFieldsFragment }) {
  const { t } = useTranslation('operator');
  const { purchaseEmail, holder, activationLink } = licence;
  return (
    <Stack gap={2}>
      {holder && (
        <Text size="sm">
          {holder.name} ({holder.email})
        </Text>
      )}
      <Text size="sm" {...(holder && { c: 'dimmed' })}>
        {t('licences.boughtBy', { email: purchaseEmail ?? '' })}
      </Text>
      {!holder && activationLink && (
        <Text size="xs" c="dimmed">
          {t(`link.${activationLink.status}`)}{' '}
          {activationLink.status === 'OPEN' && <Instant at={activationLink.expiresAt} dateOnly />}
        </Text>
      )}
    </Stack>
  );
}
