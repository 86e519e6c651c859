import { Checkbox, Fieldset, Radio, SimpleGrid, Stack, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, type Concept, choiceOf, patternsOf } from './events.ts';

interface EventPickerProps {
  readonly patterns: readonly string[];
  readonly concepts: readonly Concept[];
  readonly error?: string | undefined;
  onChange(patterns: string[]): void;
}

/** Which events a webhook tells of: all, whole concepts, or what is named exactly. */
export function EventPicker({ patterns, concepts, error, onChange }: EventPickerProps) {
  const { t } = useTranslation('webhooks');
  const [choice, setChoice] = useState(() => choiceOf(patterns, concepts));
  const choose = (changed: Partial<Choice>): void => {
    const next = { ...choice, ...changed };
    setChoice(next);
    onChange(patternsOf(next));
  };
  return (
    <Stack gap="sm">
      <Radio.Group
        label={t('events.label')}
        value={choice.all ? 'all' : 'some'}
        onChange={(value) => choose({ all: value === 'all' })}
      >
        <Stack gap="xs" mt={4}>
          <Radio value="all" label={t('events.all')} />
          <Radio value="some" label={t('events.some')} />
        </Stack>
      </Radio.Group>
      {!choice.all && (
        <Fieldset legend={t('events.some')} variant="filled">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mb="md">
            {concepts.map((concept) => (
              <Checkbox
                key={concept}
                label={t(`concept.${concept}`)}
                checked={choice.concepts.includes(concept)}
                onChange={({ currentTarget: { checked } }) =>
                  choose({
                    concepts: concepts.filter((one) => (one === concept ? checked : choice.concepts.includes(one))),
                  })
                }
              />
            ))}
          </SimpleGrid>
          <TagsInput
            label={t('events.exact')}
            description={t('events.exactHint')}
            value={[...choice.exact]}
            onChange={(exact) => choose({ exact })}
            splitChars={[',', ' ']}
            acceptValueOnBlur
          />
        </Fieldset>
      )}
      {error && (
        <Text c="red" size="sm" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  );
}
