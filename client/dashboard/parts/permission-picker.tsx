import { Checkbox, Fieldset, SimpleGrid, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SessionPermission } from '../../graphql/graphql.ts';
import { type Lock, SESSION_PERMISSIONS } from './session-permissions.ts';

interface PermissionPickerProps {
  readonly legend: string;
  readonly chosen: readonly SessionPermission[];
  /** Permissions that the device's settings hold on or off (INV-24): shown, not to be changed. */
  readonly locks?: readonly Lock[];
  readonly disabled?: boolean;
  onChange(permission: SessionPermission, allowed: boolean): void;
}

/** Single permissions, each a box to tick; locked ones say so. */
export function PermissionPicker({ legend, chosen, locks = [], disabled = false, onChange }: PermissionPickerProps) {
  const { t } = useTranslation();
  const allowed = new Set(chosen);
  const locked = new Map(locks.map((lock) => [lock.permission, lock.allowed]));
  return (
    <Fieldset legend={legend} variant="filled">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {SESSION_PERMISSIONS.map((permission) => {
          const lock = locked.get(permission);
          return (
            <Checkbox
              key={permission}
              checked={lock ?? allowed.has(permission)}
              disabled={disabled || lock !== undefined}
              label={
                <>
                  {t(`permission.${permission}`)}
                  {lock !== undefined && (
                    <Text component="span" size="xs" c="dimmed" ml={4}>
                      <IconLock size={12} aria-hidden /> {lock ? t('lockedOn') : t('lockedOff')}
                    </Text>
                  )}
                </>
              }
              onChange={(event) => onChange(permission, event.currentTarget.checked)}
            />
          );
        })}
      </SimpleGrid>
    </Fieldset>
  );
}
