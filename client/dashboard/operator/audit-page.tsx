import { Alert, Button, Group, NativeSelect, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconListSearch } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'wouter';
import type { AuditRecordFieldsFragment } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { ChainCheck, CheckButton, useChainCheck } from '../company/audit/chain-check.tsx';
import { AuditRecordCell } from '../company/audit/record.tsx';
import { usePages } from '../data/use-pages.ts';
import { Instant } from '../parts/ago.tsx';
import { Empty } from '../parts/empty.tsx';
import { type Column, Rows } from '../parts/rows.tsx';
import { OperatorAudit } from './operations.ts';
import { useFreshOnReturn } from './use-fresh.ts';

const CHANGES = ['ISSUED', 'LINK_SENT', 'LINK_REVOKED', 'SUSPENDED', 'RESUMED', 'RENEWED', 'ROTATED'] as const;
const PAGE = 50;

/** What the operator did, with its hash chain to be checked (API-04). */
export function AuditPage({ token }: { token: string }) {
  const { t } = useTranslation('operator');
  const [parameters, setParameters] = useSearchParams();
  const change = CHANGES.find((one) => one === parameters.get('change')) ?? null;
  const subject = parameters.get('subject');
  const choose = (name: 'change' | 'subject', value: string | null): void =>
    setParameters(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  const pages = usePages(OperatorAudit, { first: PAGE, change, subject }, (data) => data.operatorAuditLog);
  useFreshOnReturn(pages.refresh);
  const chain = useChainCheck(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `choose` only writes the address
  const columns = useMemo(() => columnsOf(t, (wanted) => choose('subject', wanted)), [t]);
  return (
    <Page
      title={t('audit.title')}
      lead={t('audit.lead')}
      actions={
        <>
          <CheckButton {...chain} />
          <ExportButton token={token} />
        </>
      }
    >
      {chain.found && <ChainCheck found={chain.found} />}
      <Group align="flex-end" gap="sm">
        <NativeSelect
          label={t('audit.change')}
          value={change ?? ''}
          onChange={({ currentTarget: { value } }) => choose('change', value || null)}
          data={[
            { value: '', label: t('audit.any') },
            ...CHANGES.map((value) => ({ value, label: t(`changes.${value}`) })),
          ]}
        />
      </Group>
      {subject && (
        <Alert p="xs">
          <Group gap="sm">
            <Text size="sm">{t('audit.onlyOne')}</Text>
            <Button size="compact-sm" variant="default" onClick={() => choose('subject', null)}>
              {t('audit.showAll')}
            </Button>
          </Group>
        </Alert>
      )}
      <Rows
        label={t('audit.title')}
        {...{ pages, columns }}
        keyOf={({ number }) => String(number)}
        rowHeight={48}
        empty={
          <Empty icon={IconListSearch} title={t('audit.none')}>
            <Text size="sm">{t('audit.noneText')}</Text>
          </Empty>
        }
      />
    </Page>
  );
}

function columnsOf(
  t: TFunction<'operator'>,
  onSubject: (subject: string | null) => void,
): Column<AuditRecordFieldsFragment>[] {
  const opened = new Set<number>();
  return [
    {
      name: 'what',
      title: t('audit.change'),
      width: 'minmax(0, 1fr)',
      cell: (record) => (
        <AuditRecordCell
          {...{ record, opened }}
          sentence={sentenceOf(t, record)}
          onFilter={({ subject }) => onSubject(subject ?? null)}
        />
      ),
    },
    {
      name: 'when',
      title: t('audit.when'),
      width: '12rem',
      cell: ({ occurredAt }) => (
        <Text size="sm" span>
          <Instant at={occurredAt} />
        </Text>
      ),
    },
  ];
}

/** What only the operator's log tells of; null where the words of the audit log have a sentence for it. */
function sentenceOf(t: TFunction<'operator'>, { concept, change, names, subject, fields }: AuditRecordFieldsFragment) {
  if (concept === 'operatorToken') return t('audit.ROTATED');
  if (change !== 'ISSUED') return null;
  const service = names.find(({ id }) => id === subject)?.name ?? subject;
  const email = fields.find(({ field }) => field === 'purchaseEmail')?.after;
  return t('audit.ISSUED', { service, email: email ? String(JSON.parse(email)) : '' });
}

/** The whole log as JSON Lines. A link would not send the token. */
function ExportButton({ token }: { token: string }) {
  const { t } = useTranslation('operator');
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await fetch('/audit.jsonl', { headers: { authorization: `Bearer ${token}` } });
      if (!answer.ok) throw new Error(String(answer.status));
      const url = URL.createObjectURL(await answer.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = 'audit.jsonl';
      link.click();
      URL.revokeObjectURL(url);
    } catch {
      notifications.show({ color: 'red', message: t('audit.exportFailed') });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="default" leftSection={<IconDownload size={18} />} loading={busy} onClick={() => void download()}>
      {t('audit.export')}
    </Button>
  );
}
