import { useTranslation } from 'react-i18next';

/** The names that the built-in profiles start with; a person may have given them others. */
const BUILT_IN = {
  Default: 'DEFAULT',
  'Screen sharing': 'SCREEN_SHARING',
  'Full access': 'FULL_ACCESS',
  'Unattended access': 'UNATTENDED_ACCESS',
} as const;

/** A permission profile’s name as the reader is shown it: those of the built-in ones in their language. */
export function useProfileName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => (name in BUILT_IN ? t(`profile.${BUILT_IN[name as keyof typeof BUILT_IN]}`) : name);
}
