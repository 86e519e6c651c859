import { Button, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EnrolmentCodeFieldsFragment } from '../../../graphql/graphql.ts';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { Ago } from '../../parts/ago.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { CodeStatus } from './code-status.tsx';
import { EnrolmentCodes, RevokeEnrolmentCode } from './operations.ts';

const CreateCode = lazy(() => import('./create-code.tsx'));

/** The codes with which devices join the company (PRE-03). */
export default function EnrolmentPage() {
  const { t } = useTranslation('company');
  const { id, company } = useAccount();
  const administrator = company?.viewerIsAdministrator ?? false;
  const [making, setMaking] = useState(false);
  const pages = usePages(EnrolmentCodes, {}, (data) => data.viewer.account?.company?.enrolmentCodes);
  const columns = useMemo(
    () => columnsOf(t, ({ createdBy }) => administrator || createdBy.accountId === id),
    [t, administrator, id],
  );
  return (
    <Page
      title={t('code.title')}
      lead={t('code.lead')}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={() => setMaking(true)}>
          {t('code.create')}
        </Button>
      }
    >
      <Rows
        label={t('code.title')}
        {...{ pages, columns }}
        keyOf={({ id }) => id}
        rowHeight={64}
        empty={
          <Empty icon={IconKey} title={t('code.none')}>
            <Text size="sm">{t('code.noneText')}</Text>
          </Empty>
        }
      />
      {making && (
        <Suspense>
          <CreateCode administrator={administrator} onClose={() => setMaking(false)} />
        </Suspense>
      )}
    </Page>
  );
}

function columnsOf(
  t: TFunction<'company'>,
  mayRevoke: (code: EnrolmentCodeFieldsFragment) => boolean,
): Column<EnrolmentCodeFieldsFragment>[] {
  return [
    {
      name: 'label',
      title: t('code.label'),
      width: 'minmax(10rem, 2fr)',
      cell: ({ label, hint }) => (
        <div>
          <Text size="sm" fw={600}>
            {label}
          </Text>
          <Text size="sm" c="dimmed" className="beckon-code">
            {t('code.ending', { hint })}
          </Text>
        </div>
      ),
    },
    {
      name: 'status',
      title: t('code.status'),
      width: 'minmax(8rem, 1fr)',
      cell: ({ status }) => <CodeStatus status={status} />,
    },
    {
      name: 'uses',
      title: t('code.uses'),
      width: 'minmax(6.5rem, 0.6fr)',
      cell: ({ uses, maxUses }) => <Text size="sm">{t('code.usesOf', { uses, max: maxUses })}</Text>,
    },
    {
      name: 'expires',
      title: t('code.expires'),
      width: 'minmax(6rem, 0.8fr)',
      cell: ({ expiresAt }) => (
        <Text size="sm" span>
          <Ago at={expiresAt} />
        </Text>
      ),
    },
    {
      name: 'destination',
      title: t('code.destination'),
      width: 'minmax(8rem, 1.4fr)',
      cell: ({ assignTo, group }) => (
        <Text size="sm">{[assignTo?.name, group?.name].filter(Boolean).join(' · ') || '–'}</Text>
      ),
    },
    {
      name: 'by',
      title: t('code.madeBy'),
      width: 'minmax(7rem, 1fr)',
      wideOnly: true,
      cell: ({ createdBy }) => <Text size="sm">{createdBy.name}</Text>,
    },
    {
      name: 'actions',
      title: '',
      width: '7rem',
      cell: (code) => code.status === 'USABLE' && mayRevoke(code) && <Revoke code={code} />,
    },
  ];
}

function Revoke({ code: { id, label } }: { code: EnrolmentCodeFieldsFragment }) {
  const { t } = useTranslation('company');
  const { run } = useMutate(RevokeEnrolmentCode);
  return (
    <ConfirmButton
      size="compact-sm"
      variant="default"
      aria-label={t('code.revokeOf', { label })}
      title={t('code.revokeTitle', { label })}
      text={t('code.revokeText')}
      action={t('code.revoke')}
      onConfirm={async () => {
        await run({ id });
        return null;
      }}
    >
      {t('code.revoke')}
    </ConfirmButton>
  );
}
