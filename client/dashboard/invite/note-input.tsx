import { Textarea, type TextareaProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** At most so many characters of words to the recipient (the API's bound). */
const NOTE_LENGTH = 500;

/** The words that go with an invitation. */
export function NoteInput(props: TextareaProps) {
  const { t } = useTranslation('invite');
  return <Textarea label={t('form.note')} maxLength={NOTE_LENGTH} rows={2} {...props} />;
}
