import { ActionIcon, Button, Fieldset, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId } from './field-id.ts';
import { SettingControl } from './setting-control.tsx';
import { type Draft, newEntry, type Problems, type SettingForm } from './settings.ts';

interface EntriesProps {
  readonly setting: SettingForm;
  readonly entries: readonly Draft[];
  readonly problems: Problems;
  onChange(entries: readonly Draft[]): void;
}

/** A list of entries with fields of their own: volumes, checks, sets, windows. */
export function Entries({ setting, entries, problems, onChange }: EntriesProps) {
  const { t } = useTranslation('services');
  const { name, label, fields, max } = setting;
  // Entries have no names of their own: what was typed into one must not move to another when one between them goes.
  const keys = useRef<number[]>([]);
  const next = useRef(0);
  while (keys.current.length < entries.length) keys.current.push(next.current++);

  const change = (at: number, field: string, value: unknown): void =>
    onChange(entries.map((entry, i) => (i === at ? { ...entry, [field]: value } : entry)));
  const remove = (at: number): void => {
    keys.current.splice(at, 1);
    onChange(entries.filter((_, i) => i !== at));
  };
  const own = problems.get(name);
  return (
    <Stack gap="sm" id={fieldId(name)} tabIndex={-1}>
      {entries.map((entry, at) => (
        <Fieldset
          key={keys.current[at]}
          legend={t('form.entry', { label, number: at + 1 })}
          variant="filled"
          pos="relative"
        >
          <ActionIcon
            pos="absolute"
            top={0}
            right={8}
            variant="subtle"
            color="red"
            aria-label={t('form.removeEntry', { label, number: at + 1 })}
            onClick={() => remove(at)}
          >
            <IconTrash size={16} />
          </ActionIcon>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {fields.map((field) => (
              <SettingControl
                key={field.name}
                field={field}
                path={`${name}.${at}.${field.name}`}
                value={entry[field.name]}
                problems={problems}
                labelled
                onChange={(value) => change(at, field.name, value)}
              />
            ))}
          </SimpleGrid>
        </Fieldset>
      ))}
      {own && (
        <Text size="sm" c="red" role="alert">
          {own}
        </Text>
      )}
      <Group>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} />}
          disabled={max !== null && entries.length >= max}
          aria-label={t('form.addTo', { label })}
          onClick={() => onChange([...entries, newEntry(fields)])}
        >
          {t('form.add')}
        </Button>
      </Group>
    </Stack>
  );
}
