import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDownload, IconListSearch } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRecordFieldsFragment, EventFieldsFragment } from '../../../graphql/graphql.ts';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useLiveEvent } from '../../data/live.tsx';
import { useAccount } from '../../data/session.tsx';
import { usePages } from '../../data/use-pages.ts';
import { Instant } from '../../parts/ago.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Rows } from '../../parts/rows.tsx';
import { type AuditState, exportAddress, useAuditState } from './audit-state.ts';
import { ChainCheck, CheckButton, useChainCheck } from './chain-check.tsx';
import { isConcept } from './changes.ts';
import { AuditFilters } from './filters.tsx';
import { CompanyAuditLog } from './operations.ts';
import { AuditRecordCell } from './record.tsx';

/** The audit log of the company, for its administrators (API-04). */
export default function AuditPage() {
  const { company } = useAccount();
  return company?.viewerIsAdministrator ? <CompanyAudit companyId={company.id} /> : <NotFound />;
}

function CompanyAudit({ companyId }: { companyId: string }) {
  const { t } = useTranslation('audit');
  const [state, change] = useAuditState();
  const chain = useChainCheck(companyId);
  const [look, setLook] = useState(0);
  const [newer, setNewer] = useState(false);
  useLiveEvent((event) => {
    if (state.order === 'NEWEST_FIRST' && isLogged(event)) setNewer(true);
  });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <>
          <CheckButton {...chain} />
          <Button
            component="a"
            href={exportAddress(companyId, state)}
            download
            variant="default"
            leftSection={<IconDownload size={18} />}
          >
            {t('export')}
          </Button>
        </>
      }
    >
      {chain.found && <ChainCheck found={chain.found} />}
      <AuditFilters state={state} onChange={change} />
      {newer && (
        <Alert role="status" p="xs">
          <Group gap="sm">
            <Text size="sm">{t('newer')}</Text>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                setNewer(false);
                setLook(look + 1);
              }}
            >
              {t('showNewer')}
            </Button>
          </Group>
        </Alert>
      )}
      <Records key={look} state={state} onFilter={change} />
    </Page>
  );
}

/** Whether the company's log tells of an event, too: what is one's own only, such as a favourite, stands elsewhere. */
function isLogged(event: EventFieldsFragment): boolean {
  if (event.__typename === 'OtherEvent') return isConcept(event.concept);
  return event.__typename !== 'StreamResetEvent';
}

/** The records as they were when one began to look: nothing moves while one reads. */
function Records({ state, onFilter }: { state: AuditState; onFilter(changed: Partial<AuditState>): void }) {
  const { t } = useTranslation('audit');
  const pages = usePages(CompanyAuditLog, state, (data) => data.viewer.account?.company?.auditLog);
  const columns = useMemo(() => columnsOf(t, onFilter), [t, onFilter]);
  return (
    <Rows
      label={t('title')}
      {...{ pages, columns }}
      keyOf={({ number }) => String(number)}
      rowHeight={48}
      empty={
        <Empty icon={IconListSearch} title={t('none')}>
          <Text size="sm">{t('noneText')}</Text>
          <Button
            variant="default"
            onClick={() =>
              onFilter({ concept: null, change: null, actorId: null, subject: null, from: null, until: null })
            }
          >
            {t('everything')}
          </Button>
        </Empty>
      }
    />
  );
}

function columnsOf(
  t: TFunction<'audit'>,
  onFilter: (changed: Partial<AuditState>) => void,
): Column<AuditRecordFieldsFragment>[] {
  const opened = new Set<number>();
  return [
    {
      name: 'what',
      title: t('what'),
      width: 'minmax(0, 1fr)',
      cell: (record) => <AuditRecordCell {...{ record, opened, onFilter }} />,
    },
    {
      name: 'when',
      title: t('when'),
      width: '12rem',
      cell: ({ occurredAt }) => (
        <Text size="sm" span>
          <Instant at={occurredAt} />
        </Text>
      ),
    },
  ];
}
