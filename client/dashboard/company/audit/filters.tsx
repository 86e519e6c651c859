import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAll } from '../../data/use-all.ts';
import { usePages } from '../../data/use-pages.ts';
import { MembersToChoose } from '../members/operations.ts';
import type { AuditState } from './audit-state.ts';
import { AUDITED_CONCEPTS, changesOf, isConcept } from './changes.ts';
import { outlineOf } from './sentence.ts';

/** Two beside each other on a phone, and instants in a line of their own. */
const NARROW = { flex: '1 1 9rem', maw: 240 };
const BROAD = { flex: '1 1 13rem', maw: 320 };

interface FiltersProps {
  readonly state: AuditState;
  onChange(changed: Partial<AuditState>): void;
}

/** Which records are listed: what about, what happened, who did it, when; and which way. */
export function AuditFilters({ state, onChange }: FiltersProps) {
  const { t } = useTranslation(['audit', 'common', 'webhooks']);
  const members = useAll(usePages(MembersToChoose, {}, (data) => data.viewer.account?.company?.members));
  const { concept, change, actorId, subject, from, until, order } = state;
  const stranger = actorId !== null && !members.some(({ accountId }) => accountId === actorId);
  return (
    <Group align="flex-end" gap="sm">
      <NativeSelect
        label={t('filter.concept')}
        {...NARROW}
        value={concept ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ concept: value || null, change: null })}
        data={[
          { value: '', label: t('filter.any') },
          ...AUDITED_CONCEPTS.map((value) => ({ value, label: t(`webhooks:concept.${value}`) })),
        ]}
      />
      {isConcept(concept) && (
        <NativeSelect
          label={t('filter.change')}
          {...NARROW}
          value={change ?? ''}
          onChange={({ currentTarget: { value } }) => onChange({ change: value || null })}
          data={[
            { value: '', label: t('filter.anyChange') },
            ...changesOf(concept).map((one) => ({ value: one.slice(concept.length + 1), label: outlineOf(t, one) })),
          ]}
        />
      )}
      <NativeSelect
        label={t('filter.actor')}
        {...NARROW}
        value={stranger ? '' : (actorId ?? '')}
        onChange={({ currentTarget: { value } }) => onChange({ actorId: value || null })}
        data={[
          { value: '', label: t('filter.anybody') },
          ...members.map(({ accountId, name }) => ({ value: accountId, label: name })),
        ]}
      />
      <NativeSelect
        label={t('filter.order')}
        {...BROAD}
        value={order}
        onChange={({ currentTarget: { value } }) =>
          onChange({ order: value === 'OLDEST_FIRST' ? 'OLDEST_FIRST' : 'NEWEST_FIRST' })
        }
        data={[
          { value: 'NEWEST_FIRST', label: t('filter.newest') },
          { value: 'OLDEST_FIRST', label: t('filter.oldest') },
        ]}
      />
      <Moment label={t('filter.from')} value={from} onChange={(instant) => onChange({ from: instant })} />
      <Moment label={t('filter.until')} value={until} onChange={(instant) => onChange({ until: instant })} />
      {subject && (
        <Cleared title={t('filter.clearSubject')} onClick={() => onChange({ subject: null })}>
          {t('filter.onlySubject')}
        </Cleared>
      )}
      {stranger && (
        <Cleared title={t('filter.clearActor')} onClick={() => onChange({ actorId: null })}>
          {t('filter.onlyActor')}
        </Cleared>
      )}
    </Group>
  );
}

/** A filter that no list offers, to be taken off again. */
function Cleared({ title, children, onClick }: { title: string; children: string; onClick(): void }) {
  return (
    <Button variant="light" title={title} rightSection={<IconX size={16} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  );
}

/** An instant, in the reader's own time zone. */
function Moment(props: { label: string; value: string | null; onChange(instant: string | null): void }) {
  const { label, value, onChange } = props;
  return (
    <TextInput
      type="datetime-local"
      label={label}
      {...BROAD}
      // Only read again when something else has set it: while one types, it is no instant yet.
      key={value}
      defaultValue={value ? localOf(value) : ''}
      onBlur={({ currentTarget }) => {
        const written = currentTarget.value;
        onChange(written === '' ? null : new Date(written).toISOString());
      }}
    />
  );
}

/** As the input takes it: `2026-11-26T15:04`. */
function localOf(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
