import { Checkbox, Group, NumberInput, Radio, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId } from './field-id.ts';
import { type FieldForm, type Problems, sentence } from './settings.ts';

export interface ControlProps {
  readonly field: FieldForm;
  /** Where the value stands in the settings: `volumes.0.mount`. */
  readonly path: string;
  readonly value: unknown;
  readonly problems: Problems;
  /** Whether the control shows what it is called; else that stands above it already. */
  readonly labelled: boolean;
  onChange(value: unknown): void;
}

/** The control that fits what a setting takes; everything but lists of entries. */
export function SettingControl(props: ControlProps) {
  switch (props.field.kind) {
    case 'NUMBER':
      return <NumberControl {...props} />;
    case 'BOOLEAN':
      return <YesOrNo {...props} />;
    case 'CHOICE':
      return <OneOf {...props} />;
    case 'CHOICES':
      return <AnyOf {...props} />;
    case 'TEXTS':
      return <Lines {...props} />;
    default:
      return <OneLine {...props} />;
  }
}

/** What every input of ours has in common: its name, its bounds, what is wrong with it. */
function common({ field, path, problems, labelled }: ControlProps) {
  return {
    id: fieldId(path),
    error: problems.get(path),
    ...(labelled
      ? { label: field.label, description: `${field.description} ${sentence(field.bounds)}` }
      : { 'aria-label': field.label }),
  };
}

function NumberControl(props: ControlProps) {
  const { field, value, onChange } = props;
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        {...common(props)}
        value={typeof value === 'number' ? value : ''}
        onChange={(given) => onChange(typeof given === 'number' ? given : null)}
        allowDecimal={false}
        clampBehavior="none"
        inputMode="numeric"
        w={props.labelled ? '100%' : 140}
      />
      <Text size="sm" pb={8} style={{ whiteSpace: 'nowrap' }}>
        {value === 1 ? field.unitLabelOfOne : field.unitLabel}
      </Text>
    </Group>
  );
}

function YesOrNo({ field, path, value, labelled, onChange }: ControlProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4} align="flex-start">
      {labelled && <Text size="sm">{field.label}</Text>}
      <SegmentedControl
        id={fieldId(path)}
        aria-label={field.label}
        value={value === true ? 'yes' : 'no'}
        onChange={(given) => onChange(given === 'yes')}
        data={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
      />
    </Stack>
  );
}

function OneOf(props: ControlProps) {
  const { field, value, onChange } = props;
  return (
    <Radio.Group {...common(props)} value={typeof value === 'string' ? value : null} onChange={onChange}>
      <Stack gap="xs" mt="xs">
        {field.options.map((option) => (
          <Radio key={option.value} value={option.value} label={option.label} description={option.description} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function AnyOf(props: ControlProps) {
  const { field, value, onChange } = props;
  const chosen = new Set(value as string[]);
  // Always in the order of the options, as the server keeps them.
  const choose = (given: string[]): void =>
    onChange(field.options.map((option) => option.value).filter((option) => given.includes(option)));
  return (
    <Checkbox.Group {...common(props)} value={[...chosen]} onChange={choose}>
      <Group gap="md" mt="xs">
        {field.options.map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.label} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}

function OneLine(props: ControlProps) {
  const { field, value, onChange } = props;
  return (
    <TextInput
      {...common(props)}
      type={field.format === 'TIME_OF_DAY' ? 'time' : 'text'}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      required={props.labelled && field.default === null}
      {...(field.format === 'TIME_OF_DAY' && { w: 140 })}
    />
  );
}

/** Several texts, one a line. */
function Lines(props: ControlProps) {
  const { t } = useTranslation('services');
  const { path, value, problems, onChange } = props;
  const [text, setText] = useState(() => (value as string[]).join('\n'));
  const own = [...problems].flatMap(([where, message]) => {
    if (where === path) return [message];
    const line = where.startsWith(`${path}.`) ? Number(where.slice(path.length + 1)) : Number.NaN;
    return Number.isInteger(line) ? [t('form.inLine', { line: line + 1, message })] : [];
  });
  return (
    <Textarea
      {...common(props)}
      error={own.length > 0 ? own.join(' ') : undefined}
      value={text}
      placeholder={t('form.onePerLine')}
      autosize
      minRows={2}
      maxRows={10}
      onChange={(event) => {
        const given = event.currentTarget.value;
        setText(given);
        onChange(linesOf(given));
      }}
    />
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
