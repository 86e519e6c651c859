import { Button, Group, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRecordFieldsFragment, Service } from '../../../graphql/graphql.ts';
import { Copyable } from '../../parts/copyable.tsx';
import type { AuditState } from './audit-state.ts';
import classes from './record.module.css';
import { actorOf, sentenceOf } from './sentence.ts';
import { useValueWords } from './values.ts';

const PolicySettings = lazy(() => import('./policy-settings.tsx'));

interface RecordProps {
  readonly record: AuditRecordFieldsFragment;
  /** The numbers of records that are open: they stay so while they are scrolled out of sight. */
  readonly opened: Set<number>;
  /** What happened, where the words of the audit log have no sentence for it. */
  readonly sentence?: string | null;
  onFilter(changed: Partial<AuditState>): void;
}

/** What happened, in a sentence that opens what changed and from where. */
export function AuditRecordCell({ record, opened, sentence, onFilter }: RecordProps) {
  const { t } = useTranslation(['audit', 'common']);
  const [open, setOpen] = useState(opened.has(record.number));
  const details = useId();
  const toggle = (): void => {
    if (open) opened.delete(record.number);
    else opened.add(record.number);
    setOpen(!open);
  };
  return (
    <div className={classes['record']}>
      <UnstyledButton
        className={classes['sentence'] ?? ''}
        aria-expanded={open}
        aria-controls={details}
        onClick={toggle}
      >
        {open ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
        <span>{sentence ?? sentenceOf(t, record)}</span>
      </UnstyledButton>
      <div id={details}>{open && <Details record={record} onFilter={onFilter} />}</div>
    </div>
  );
}

function Details({ record, onFilter }: Pick<RecordProps, 'record' | 'onFilter'>) {
  const { t } = useTranslation(['audit', 'common']);
  const { labelOf, textOf } = useValueWords();
  const { number, actor, address, requestId, subject, hash } = record;
  // Some changes tell parts that stayed, too.
  const fields = record.fields.filter(({ before, after }) => before !== after);
  const service = record.concept === 'policy' ? serviceOf(record) : null;
  return (
    <Stack gap="sm" className={classes['details'] ?? ''}>
      {fields.length > 0 ? (
        <Table aria-label={t('details.changeOf')} verticalSpacing={4} className={classes['parts'] ?? ''}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t('details.field')}</Table.Th>
              <Table.Th scope="col">{t('details.before')}</Table.Th>
              <Table.Th scope="col">{t('details.after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map(({ field, before, after }) =>
              field === 'settings' && service ? (
                <Suspense key={field}>
                  <PolicySettings {...{ record, service, before, after }} />
                </Suspense>
              ) : (
                <Table.Tr key={field}>
                  <Table.Th scope="row" fw={500}>
                    {labelOf(field)}
                  </Table.Th>
                  <Table.Td data-title={t('details.before')}>{textOf(record, field, before)}</Table.Td>
                  <Table.Td data-title={t('details.after')}>{textOf(record, field, after)}</Table.Td>
                </Table.Tr>
              ),
            )}
          </Table.Tbody>
        </Table>
      ) : (
        <Text size="sm">{t('details.none')}</Text>
      )}
      <dl className={classes['facts']}>
        <Fact name={t('details.number')}>{number}</Fact>
        <Fact name={t('details.actor')}>{actorOf(t, record)}</Fact>
        {address && <Fact name={t('details.address')}>{address}</Fact>}
        <Fact name={t('details.request')}>
          <Copyable value={requestId} size="sm" />
        </Fact>
        <Fact name={t('details.hash')}>
          <Copyable value={hash} shown={`${hash.slice(0, 12)}…`} size="sm" />
        </Fact>
      </dl>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => onFilter({ subject })}>
          {t('details.onlySubject')}
        </Button>
        {actor.id && (
          <Button size="compact-sm" variant="default" onClick={() => onFilter({ actorId: actor.id ?? null })}>
            {t('details.onlyActor')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** The service of a policy, which each of its records tells. */
function serviceOf({ fields }: AuditRecordFieldsFragment): Service | null {
  const told = fields.find(({ field }) => field === 'service');
  const json = told?.after ?? told?.before;
  return json ? (JSON.parse(json) as Service) : null;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
