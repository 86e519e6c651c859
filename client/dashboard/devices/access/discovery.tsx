import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../../data/use-mutate.ts';
import { SavedSwitch } from '../../parts/saved-switch.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { ChangeDeviceSettings } from './operations.ts';

interface DiscoveryProps {
  readonly deviceId: string;
  readonly on: boolean;
  readonly mayEdit: boolean;
}

/** Whether a device shows itself to others on its local network, and sees them (INV-26). */
export function Discovery({ deviceId, on, mayEdit }: DiscoveryProps) {
  const { t } = useTranslation('devices');
  const { run } = useMutate(ChangeDeviceSettings);
  return (
    <SectionCard title={t('discovery.title')}>
      <SavedSwitch
        label={t('discovery.takesPart')}
        description={t('discovery.text')}
        checked={on}
        disabled={!mayEdit}
        onSave={(discovery) => run({ deviceId, discovery })}
      />
      {!mayEdit && (
        <Text size="sm" mt="xs">
          {t('discovery.readOnly')}
        </Text>
      )}
    </SectionCard>
  );
}
