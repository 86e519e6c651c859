import { Group, Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '../app/words.ts';

const NAMES = { en: 'english', fr: 'french' } as const;

interface LanguageChoiceProps {
  readonly label: string;
  readonly languages: readonly Language[];
  readonly value: Language;
  onChange(language: Language): void;
}

/** One of the languages, each by its own name. */
export function LanguageChoice({ label, languages, value, onChange }: LanguageChoiceProps) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => onChange(chosen as Language)}>
      <Group gap="md" mt={4}>
        {languages.map((language) => (
          <Radio key={language} value={language} label={t(NAMES[language])} lang={language} />
        ))}
      </Group>
    </Radio.Group>
  );
}
