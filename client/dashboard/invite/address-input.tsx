import { Group, Paper, Text, TextInput, type TextInputProps } from '@mantine/core';
import { IconClock, IconStar } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import classes from './address-input.module.css';
import { type Suggestion, useSuggestions } from './use-suggestions.ts';

interface AddressInputProps extends Omit<TextInputProps, 'onChange'> {
  onChange?(value: string): void;
  /** Where it was picked from; null where it was written by hand, or changed. */
  onOrigin?(origin: InvitationOrigin | null): void;
}

/** An ID or alias, with favourites and recent sessions to pick from: a combobox that costs no more than an input. */
export function AddressInput({ onOrigin, onChange, ...input }: AddressInputProps) {
  const { t } = useTranslation('invite');
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(String(input.defaultValue ?? ''));
  const [opened, setOpened] = useState(false);
  const [at, setAt] = useState(-1);
  const [wanted, setWanted] = useState(false);
  const found = useSuggestions(text, wanted);
  const shown = opened && found.length > 0;
  const present = shown ? found[at] : undefined;

  const open = (): void => {
    setWanted(true);
    setOpened(true);
    setAt(-1);
  };
  const pick = ({ address, origin }: Suggestion): void => {
    setOpened(false);
    setText(address);
    if (field.current) field.current.value = address;
    onChange?.(address);
    onOrigin?.(origin);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      if (shown) setAt((at + step + found.length) % found.length);
      else open();
    } else if (event.key === 'Enter' && present) {
      event.preventDefault();
      pick(present);
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault();
      setOpened(false);
    }
  };
  return (
    <div className={classes['field']}>
      <TextInput
        placeholder={t('address.placeholder')}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...input}
        ref={field}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? list : undefined}
        aria-activedescendant={present ? `${list}-${at}` : undefined}
        onChange={(event) => {
          onChange?.(event.currentTarget.value);
          onOrigin?.(null);
          setText(event.currentTarget.value);
          open();
        }}
        onFocus={() => {
          if (text === '') open();
        }}
        onClick={() => {
          if (text === '') open();
        }}
        onBlur={() => setOpened(false)}
        onKeyDown={onKeyDown}
      />
      {shown && (
        <Paper
          withBorder
          shadow="md"
          p={4}
          id={list}
          role="listbox"
          aria-label={t('address.suggestions')}
          className={classes['list']}
        >
          {found.map((suggestion, index) => (
            <Group
              key={`${suggestion.origin} ${suggestion.address}`}
              id={`${list}-${index}`}
              role="option"
              aria-selected={index === at}
              className={classes['option']}
              gap="xs"
              wrap="nowrap"
              // Before the input loses the focus, which closes the list.
              onMouseDown={(event) => {
                event.preventDefault();
                pick(suggestion);
              }}
            >
              {suggestion.origin === 'FAVORITES' ? (
                <IconStar size={16} role="img" aria-label={t('address.favourite')} />
              ) : (
                <IconClock size={16} role="img" aria-label={t('address.recent')} />
              )}
              <Text size="sm" truncate>
                {suggestion.name}
              </Text>
              {suggestion.name !== suggestion.addressGrouped && (
                <Text size="sm" c="dimmed" className="beckon-code" ml="auto">
                  {suggestion.addressGrouped}
                </Text>
              )}
            </Group>
          ))}
        </Paper>
      )}
    </div>
  );
}
