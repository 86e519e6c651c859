import { PasswordInput, type PasswordInputProps, Progress, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { estimatePassword, PASSWORD_LENGTH, type Strength } from './password-strength.ts';

/** How far the bar goes, in percent, and in which colour. */
const BAR: Readonly<Record<Strength, { value: number; color: string }>> = {
  SHORT: { value: 10, color: 'red' },
  LONG: { value: 10, color: 'red' },
  WEAK: { value: 30, color: 'red' },
  FAIR: { value: 55, color: 'orange' },
  GOOD: { value: 80, color: 'teal' },
  STRONG: { value: 100, color: 'teal' },
};

interface NewPasswordProps extends PasswordInputProps {
  /** What the owner is known by at the moment; it makes no password stronger. */
  known?(): readonly string[];
}

/** A field for a new password that says while one types how hard it is to guess. */
export function NewPassword({ known, onChange, ...input }: NewPasswordProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { strength, length } = estimatePassword(text, known?.());
  const { min, max } = PASSWORD_LENGTH;
  const { value, color } = BAR[strength];
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        required
        description={t('password.hint', { min })}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        {...input}
        onChange={(event) => {
          setText(event.currentTarget.value);
          onChange?.(event);
        }}
      />
      <div role="status">
        {text !== '' && (
          <>
            <Progress value={value} color={color} size="xs" mt={8} aria-hidden />
            <Text size="xs" mt={4}>
              {strength === 'SHORT' ? t('password.SHORT', { count: min - length }) : t(`password.${strength}`, { max })}
            </Text>
          </>
        )}
      </div>
    </div>
  );
}
