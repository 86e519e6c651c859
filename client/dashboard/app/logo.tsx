import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** The icon and the name, which lead to the start page. */
export function Logo() {
  const { t } = useTranslation();
  return (
    <Group
      component={Link}
      gap={8}
      wrap="nowrap"
      {...{ href: '/' }}
      style={{ textDecoration: 'none', color: 'inherit' }}
    >
      <svg viewBox="0 0 32 32" width={28} height={28} aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#3557c9" />
        <circle cx="10" cy="22" r="3.5" fill="#fff" />
        <path
          d="M10 12.5a9.5 9.5 0 0 1 9.5 9.5M10 6.5A15.5 15.5 0 0 1 25.5 22"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeLinecap="round"
        />
      </svg>
      <Text fw={700} size="lg">
        {t('product')}
      </Text>
    </Group>
  );
}
