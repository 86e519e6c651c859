import {
  IconBandage,
  IconCheck,
  IconClock,
  IconDatabaseExport,
  IconDots,
  IconExclamationMark,
  IconHeartbeat,
  IconMinus,
  IconPackages,
  IconShieldCheck,
  IconWorldWww,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service, ServiceState } from '../../graphql/graphql.ts';
import classes from './service-mark.module.css';

type Icon = ComponentType<{ size?: number; stroke?: number }>;

const SERVICE_ICONS: Readonly<Record<Service, Icon>> = {
  MONITORING: IconHeartbeat,
  ASSET_MANAGEMENT: IconPackages,
  PATCH_MANAGEMENT: IconBandage,
  ENDPOINT_PROTECTION: IconShieldCheck,
  BACKUP: IconDatabaseExport,
  WEB_MONITORING: IconWorldWww,
};

const STATE_ICONS: Readonly<Record<ServiceState, Icon>> = {
  ACTIVE: IconCheck,
  PENDING: IconClock,
  INSTALLING: IconDots,
  FAILED: IconExclamationMark,
  DEACTIVATED: IconMinus,
  RETIRED: IconMinus,
};

interface ServiceMarkProps {
  readonly service: Service;
  readonly state: ServiceState;
}

/** A service on a device in the room of a letter or two: its icon, with a sign of its state. */
export function ServiceMark({ service, state }: ServiceMarkProps) {
  const { t, i18n } = useTranslation();
  const [Service, State] = [SERVICE_ICONS[service], STATE_ICONS[state]];
  const word = t(`serviceState.${state}`).toLocaleLowerCase(i18n.language);
  const said = t('serviceInState', { service: t(`service.${service}`), state: word });
  return (
    <span className={classes['mark']} data-state={state} role="img" aria-label={said} title={said}>
      <Service size={18} stroke={1.6} />
      <span className={classes['state']}>
        <State size={10} stroke={3} />
      </span>
    </span>
  );
}
