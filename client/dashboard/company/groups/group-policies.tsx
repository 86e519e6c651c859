import { Anchor, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { GroupFieldsFragment } from '../../../graphql/graphql.ts';
import { servicePath } from '../../app/services.ts';

/** The policies that are assigned to a group, one of a service at most. */
export function GroupPolicies({ policies }: Pick<GroupFieldsFragment, 'policies'>) {
  const { t } = useTranslation(['company', 'common']);
  if (policies.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('group.noPolicies')}
      </Text>
    );
  }
  return (
    <Stack gap={2}>
      {policies.map(({ id, name, service }) => (
        <Anchor key={id} component={Link} href={`${servicePath(service)}/policies/${id}`} size="sm">
          {t('group.policyOf', { service: t(`common:service.${service}`), name })}
        </Anchor>
      ))}
    </Stack>
  );
}
