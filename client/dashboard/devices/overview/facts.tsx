import { ActionIcon, Anchor, Group } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Instant } from '../../parts/ago.tsx';
import { Copyable } from '../../parts/copyable.tsx';
import { FactList } from '../../parts/fact-list.tsx';
import { PlatformName } from '../../parts/platform-name.tsx';
import { Presence } from '../../parts/presence.tsx';
import { SectionCard } from '../../parts/section-card.tsx';
import { type ShownDevice, useStanding } from '../device.ts';

const EditDevice = lazy(() => import('../../invite/edit-device.tsx'));

/** What is known of a device, and what of it can be called something else. */
export function Facts({ device }: { device: ShownDevice }) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const { own, administrator } = useStanding(device);
  const [editing, setEditing] = useState<'name' | 'alias' | null>(null);
  const { name, address, addressGrouped, alias, platform, clientKind, clientVersion, company } = device;
  return (
    <SectionCard title={t('facts.title')}>
      <FactList
        facts={[
          {
            name: t('facts.name'),
            // Whoever sees a device may call it something else.
            value: <Editable value={name} label={t('facts.rename')} onEdit={() => setEditing('name')} />,
          },
          { name: t('facts.id'), value: <Copyable value={address} shown={addressGrouped} size="sm" /> },
          {
            name: t('facts.alias'),
            value:
              company && (own || administrator) ? (
                <Editable value={alias ?? '–'} label={t('facts.editAlias')} onEdit={() => setEditing('alias')} />
              ) : (
                (alias ?? (company ? '–' : t('facts.noAlias')))
              ),
          },
          { name: t('column.online'), value: <Presence online={device.online} lastSeenAt={device.lastSeenAt} /> },
          { name: t('column.platform'), value: <PlatformName platform={platform} /> },
          { name: t('facts.program'), value: `${common(`clientKind.${clientKind}`)} ${clientVersion}` },
          {
            name: t('facts.company'),
            value: company ? (
              <Anchor component={Link} href="/company" size="sm">
                {company.name}
              </Anchor>
            ) : (
              t('facts.noCompany')
            ),
          },
          { name: t('facts.registered'), value: <Instant at={device.registeredAt} /> },
          { name: t('facts.enrolled'), value: device.enrolledAt && <Instant at={device.enrolledAt} /> },
        ]}
      />
      {editing && (
        <Suspense>
          <EditDevice device={device} editing={editing} onClose={() => setEditing(null)} />
        </Suspense>
      )}
    </SectionCard>
  );
}

function Editable({ value, label, onEdit }: { value: ReactNode; label: string; onEdit(): void }) {
  return (
    <Group gap={4} component="span" display="inline-flex" wrap="nowrap">
      {value}
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} onClick={onEdit}>
        <IconPencil size={16} />
      </ActionIcon>
    </Group>
  );
}
