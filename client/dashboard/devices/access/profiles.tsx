import { Badge, Button, Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceAccessQuery } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { PermissionSummary } from '../../parts/permission-summary.tsx';
import { useProfileName } from '../../parts/profile-name.ts';
import { SavedSwitch } from '../../parts/saved-switch.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import type { Lock } from '../../parts/session-permissions.ts';
import { RemoveProfile, UpdateProfile } from './operations.ts';

const ProfileForm = lazy(() => import('./profile-form.tsx'));

export type Profile = Extract<DeviceAccessQuery['node'], { __typename: 'Device' }>['permissionProfiles'][number];

/** Profiles that a device has at most (server/domain/profile-changes.ts). */
const MOST_PROFILES = 50;

interface ProfilesProps {
  readonly deviceId: string;
  readonly profiles: readonly Profile[];
  readonly locks: readonly Lock[];
  readonly mayEdit: boolean;
}

/** What an invitation or an accepted request can grant, under names: built-in ones can be edited and disabled, others removed. */
export function Profiles({ deviceId, profiles, locks, mayEdit }: ProfilesProps) {
  const { t } = useTranslation('devices');
  const [edited, setEdited] = useState<Profile | 'new' | null>(null);
  return (
    <SectionCard
      title={t('profiles.title')}
      actions={
        mayEdit &&
        profiles.length < MOST_PROFILES && (
          <Button size="xs" variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
            {t('profiles.add')}
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed" mb="sm">
        {mayEdit ? t('profiles.lead') : t('profiles.readOnly')}
      </Text>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        {profiles.map((profile) => (
          <ProfileCard key={profile.id} {...{ profile, mayEdit }} onEdit={() => setEdited(profile)} />
        ))}
      </SimpleGrid>
      {edited && (
        <Suspense>
          <ProfileForm
            deviceId={deviceId}
            profile={edited === 'new' ? null : edited}
            locks={locks}
            onClose={() => setEdited(null)}
          />
        </Suspense>
      )}
    </SectionCard>
  );
}

interface ProfileCardProps {
  readonly profile: Profile;
  readonly mayEdit: boolean;
  onEdit(): void;
}

function ProfileCard({ profile, mayEdit, onEdit }: ProfileCardProps) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const update = useMutate(UpdateProfile);
  const remove = useMutate(RemoveProfile);
  const { id, builtIn, enabled, permissions } = profile;
  const name = useProfileName()(profile.name);
  return (
    <Card component="article" withBorder padding="md" aria-label={name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Title>
        <Badge variant="light" color="gray" tt="none" style={{ flexShrink: 0 }}>
          {builtIn ? t('profiles.builtIn') : t('profiles.custom')}
        </Badge>
      </Group>
      <Text size="sm" mt={4}>
        <PermissionSummary permissions={permissions} />
      </Text>
      <Group mt="auto" pt="sm" gap="sm" justify="space-between">
        <SavedSwitch
          label={t('profiles.enabled')}
          aria-label={t('profiles.enabledOf', { name })}
          checked={enabled}
          disabled={!mayEdit}
          onSave={(on) => update.run({ id, enabled: on })}
        />
        {mayEdit && (
          <Group gap="xs">
            <Button size="compact-sm" variant="default" aria-label={t('profiles.editOf', { name })} onClick={onEdit}>
              {common('edit')}
            </Button>
            {!builtIn && (
              <ConfirmButton
                size="compact-sm"
                variant="subtle"
                color="red"
                title={t('profiles.removeQuestion', { name })}
                text={t('profiles.removeText')}
                onConfirm={async () => {
                  const { payload, refusal } = await remove.run({ id });
                  return payload ? null : (refusal?.message ?? '');
                }}
              >
                {common('remove')}
              </ConfirmButton>
            )}
          </Group>
        )}
      </Group>
    </Card>
  );
}
