import { Alert, Button, Group, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionPermission } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { SectionCard } from '../../parts/section-card.tsx';
import { type Lock, SESSION_PERMISSIONS } from '../../parts/session-permissions.ts';
import type { ShownDevice } from '../device.ts';
import classes from './locks.module.css';
import { ChangeDeviceSettings } from './operations.ts';

/** How a permission can be held. */
const WAYS = ['FREE', 'ON', 'OFF'] as const;
type Way = (typeof WAYS)[number];

interface LocksProps {
  readonly device: ShownDevice;
  readonly locks: readonly Lock[];
  readonly mayEdit: boolean;
}

/** The permissions that the device's custom-client settings hold on or off, whoever is let in (INV-24, INV-25). */
export function Locks({ device, locks, mayEdit }: LocksProps) {
  const { t } = useTranslation('devices');
  return (
    <SectionCard title={t('locks.title')}>
      <Text size="sm" c="dimmed" mb="sm">
        {mayEdit ? t('locks.lead') : device.company ? t('locks.byAdministrators') : t('locks.byItself')}
      </Text>
      {mayEdit ? <LocksForm deviceId={device.id} locks={locks} /> : <LockList locks={locks} />}
    </SectionCard>
  );
}

function LockList({ locks }: { locks: readonly Lock[] }) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  if (locks.length === 0) return <Text size="sm">{t('locks.none')}</Text>;
  return (
    <ul className={classes['list']}>
      {locks.map(({ permission, allowed }) => (
        <li key={permission}>
          <IconLock size={14} aria-hidden /> {common(`permission.${permission}`)}:{' '}
          {allowed ? t('locks.ON') : t('locks.OFF')}
        </li>
      ))}
    </ul>
  );
}

function wayOf(locks: readonly Lock[], permission: SessionPermission): Way {
  const lock = locks.find((one) => one.permission === permission);
  return lock ? (lock.allowed ? 'ON' : 'OFF') : 'FREE';
}

function LocksForm({ deviceId, locks }: { deviceId: string; locks: readonly Lock[] }) {
  const { t } = useTranslation('devices');
  const { t: common } = useTranslation();
  const [changed, setChanged] = useState<ReadonlyMap<SessionPermission, Way>>(new Map());
  const [refused, setRefused] = useState<string | null>(null);
  const { run, busy } = useMutate(ChangeDeviceSettings);
  const way = (permission: SessionPermission): Way => changed.get(permission) ?? wayOf(locks, permission);
  const dirty = [...changed].some(([permission, to]) => to !== wayOf(locks, permission));
  const save = async (): Promise<void> => {
    setRefused(null);
    const wanted = SESSION_PERMISSIONS.flatMap((permission) =>
      way(permission) === 'FREE' ? [] : [{ permission, allowed: way(permission) === 'ON' }],
    );
    const { payload, refusal } = await run({ deviceId, locks: wanted });
    if (payload) setChanged(new Map());
    else setRefused(refusal?.message ?? null);
  };
  return (
    <>
      <div className={classes['grid']}>
        {SESSION_PERMISSIONS.map((permission) => (
          <fieldset key={permission} className={classes['row']} data-held={way(permission)}>
            <legend>{common(`permission.${permission}`)}</legend>
            <div className={classes['ways']}>
              {WAYS.map((one) => (
                <label key={one}>
                  <input
                    type="radio"
                    name={`${deviceId} ${permission}`}
                    checked={way(permission) === one}
                    onChange={() => setChanged(new Map(changed).set(permission, one))}
                  />
                  {t(`locks.${one}`)}
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      {refused && (
        <Alert color="red" role="alert" mt="sm">
          {refused}
        </Alert>
      )}
      <Group mt="sm" gap="sm">
        <Button disabled={!dirty} loading={busy} onClick={() => void save()}>
          {t('locks.save')}
        </Button>
        {dirty && (
          <Button variant="default" onClick={() => setChanged(new Map())}>
            {common('cancel')}
          </Button>
        )}
      </Group>
    </>
  );
}
