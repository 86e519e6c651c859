import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Draft, FieldForm, SettingForm } from './settings.ts';

interface SettingTextProps {
  readonly form: SettingForm;
  /** Undefined: left open. */
  readonly value: unknown;
}

/** The value of a setting, as people read it. */
export function SettingText({ form, value }: SettingTextProps) {
  const { t } = useTranslation('services');
  const words = useWords();
  if (form.kind === 'LIST' && Array.isArray(value) && value.length > 0) {
    return (
      <List size="sm" spacing={2}>
        {(value as Draft[]).map((entry) => (
          <List.Item key={JSON.stringify(entry)}>
            {form.fields
              .map((field) => t('form.pair', { label: field.label, value: words(field, entry[field.name]) }))
              .join(' · ')}
          </List.Item>
        ))}
      </List>
    );
  }
  return (
    <Text component="span" size="sm" style={{ overflowWrap: 'anywhere' }}>
      {words(form, value)}
    </Text>
  );
}

/** Values of a setting as one line. */
function useWords(): (field: FieldForm, value: unknown) => string {
  const { t, i18n } = useTranslation('services');
  const { t: common } = useTranslation();
  return ({ kind, options, ...field }, value) => {
    if (value === undefined) return t('form.open');
    const nameOf = (option: unknown): string => options.find((one) => one.value === option)?.label ?? String(option);
    switch (kind) {
      case 'BOOLEAN':
        return value === true ? common('yes') : common('no');
      case 'NUMBER': {
        if (value === null) return '–';
        const unit = value === 1 ? field.unitLabelOfOne : field.unitLabel;
        return `${Number(value).toLocaleString(i18n.language)}${unit ? `\u00a0${unit}` : ''}`;
      }
      case 'CHOICE':
        return nameOf(value);
      default: {
        const texts = (Array.isArray(value) ? value : [value]).map(nameOf).filter((text) => text !== '');
        return texts.length === 0 ? common('none') : new Intl.ListFormat(i18n.language, { type: 'unit' }).format(texts);
      }
    }
  };
}
