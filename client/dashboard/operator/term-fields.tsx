import { Group, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A term as it is typed: so many months, or the last day. */
export interface Term {
  readonly by: 'MONTHS' | 'DAY';
  readonly months: number | string;
  /** As a date input has it: `2027-12-31`. */
  readonly day: string;
}

export const USUAL_TERM: Term = { by: 'MONTHS', months: 12, day: '' };

const DAY_MS = 86_400_000;

/** A term as the API takes it. A last day is over when the next one begins, in UTC. */
export function termInput({
  by,
  months,
  day,
}: Term): { months: number } | { expiresAt: string } | Record<string, never> {
  if (by === 'MONTHS') return months === '' ? {} : { months: Math.trunc(Number(months)) };
  const begins = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(begins) ? {} : { expiresAt: new Date(begins + DAY_MS).toISOString() };
}

interface TermFieldsProps {
  readonly term: Term;
  /** What the months are counted from. */
  readonly monthsHint: string;
  readonly monthsError?: string | undefined;
  readonly dayError?: string | undefined;
  onChange(term: Term): void;
}

/** How long a licence is good for: so many calendar months, or until a day. */
export function TermFields({ term, monthsHint, monthsError, dayError, onChange }: TermFieldsProps) {
  const { t } = useTranslation('operator');
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        {t('term.label')}
      </Text>
      <Group align="flex-start" gap="sm">
        <SegmentedControl
          aria-label={t('term.label')}
          value={term.by}
          onChange={(by) => onChange({ ...term, by: by as Term['by'] })}
          data={[
            { value: 'MONTHS', label: t('term.months') },
            { value: 'DAY', label: t('term.until') },
          ]}
        />
        {term.by === 'MONTHS' ? (
          <NumberInput
            aria-label={t('term.months')}
            description={monthsHint}
            inputWrapperOrder={['input', 'description', 'error']}
            min={1}
            max={120}
            allowDecimal={false}
            required
            flex={1}
            miw={160}
            value={term.months}
            error={monthsError}
            onChange={(months) => onChange({ ...term, months })}
          />
        ) : (
          <TextInput
            type="date"
            aria-label={t('term.day')}
            description={t('term.dayHint')}
            inputWrapperOrder={['input', 'description', 'error']}
            required
            flex={1}
            miw={160}
            value={term.day}
            error={dayError}
            onChange={({ currentTarget }) => onChange({ ...term, day: currentTarget.value })}
          />
        )}
      </Group>
    </Stack>
  );
}
