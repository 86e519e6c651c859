import {
  IconBrandAndroid,
  IconBrandApple,
  IconBrandWindows,
  IconDeviceDesktop,
  IconTerminal2,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Platform } from '../../graphql/graphql.ts';

const ICONS: Readonly<Record<Platform, ComponentType<{ size?: number; stroke?: number }>>> = {
  WINDOWS: IconBrandWindows,
  MACOS: IconBrandApple,
  LINUX: IconTerminal2,
  ANDROID: IconBrandAndroid,
  IOS: IconBrandApple,
  OTHER: IconDeviceDesktop,
};

/** A platform by its sign and name. */
export function PlatformName({ platform }: { platform: Platform }) {
  const { t } = useTranslation();
  const Icon = ICONS[platform];
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: '0.375rem' }}>
      <Icon size={18} stroke={1.6} aria-hidden />
      {t(`platform.${platform}`)}
    </span>
  );
}
