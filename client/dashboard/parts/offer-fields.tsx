import { Box, Button, Collapse, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PermissionSummary } from './permission-summary.tsx';
import { useProfileName } from './profile-name.ts';
import type { Offer } from './use-offer.ts';

const PermissionPicker = lazy(async () => ({ default: (await import('./permission-picker.tsx')).PermissionPicker }));

interface OfferFieldsProps {
  readonly offer: Offer;
  /** The words for “no other profile”, where what was offered before can stay. */
  readonly keep?: string;
  /** Why the server did not take the offer. */
  readonly error?: string | null;
}

/** A permission profile, what it comes to, and the single permissions on demand. */
export function OfferFields({ offer, keep, error }: OfferFieldsProps) {
  const { t } = useTranslation();
  const profileName = useProfileName();
  const [opened, { toggle }] = useDisclosure(false);
  const [wanted, setWanted] = useState(false);
  const picker = useId();
  const profiles = offer.profiles.map(({ id, name }) => ({ value: id, label: profileName(name) }));
  return (
    <Stack gap="xs">
      <NativeSelect
        label={t('permissions.profile')}
        value={offer.profileId}
        data={keep ? [{ value: '', label: keep }, ...profiles] : profiles}
        onChange={(event) => offer.chooseProfile(event.currentTarget.value)}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        <PermissionSummary permissions={offer.permissions} />
      </Text>
      {error && (
        <Text size="sm" c="red" role="alert">
          {error}
        </Text>
      )}
      <Box>
        <Button
          variant="subtle"
          size="compact-sm"
          ml={-8}
          aria-expanded={opened}
          aria-controls={picker}
          rightSection={opened ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
          onClick={() => {
            setWanted(true);
            toggle();
          }}
        >
          {t('permissions.single')}
        </Button>
      </Box>
      <Collapse expanded={opened} id={picker}>
        {wanted && (
          <Suspense>
            <PermissionPicker
              legend={t('permissions.legend')}
              chosen={offer.permissions}
              locks={offer.locks}
              onChange={offer.allow}
            />
          </Suspense>
        )}
      </Collapse>
    </Stack>
  );
}
