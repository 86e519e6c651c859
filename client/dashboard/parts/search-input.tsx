import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Keys pressed within this time, in ms, are one search. */
const TYPING_MS = 200;

interface SearchInputProps {
  readonly label: string;
  /** What is searched for at present. */
  readonly value: string;
  readonly placeholder?: string;
  onSearch(text: string): void;
}

/** Searches as one types. The text is its own meanwhile, and follows `value` when that changes for another reason. */
export function SearchInput({ label, value, placeholder, onSearch }: SearchInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const told = useRef(value);
  const tell = useDebouncedCallback((text: string) => {
    told.current = text;
    onSearch(text);
  }, TYPING_MS);
  useEffect(() => {
    if (value !== told.current) setTyped(value);
    told.current = value;
  }, [value]);
  const type = (text: string): void => {
    setTyped(text);
    tell(text);
  };
  return (
    <TextInput
      type="search"
      label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={typed && <CloseButton size="sm" aria-label={t('clear')} onClick={() => type('')} />}
      value={typed}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      flex="1 1 14rem"
      maw={360}
    />
  );
}
