import { Badge, Button, Card, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ApiTokenFieldsFragment } from '../../graphql/graphql.ts';
import { Page } from '../app/page.tsx';
import { useSession } from '../data/session.tsx';
import { useData } from '../data/use-data.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { Ago, Instant } from '../parts/ago.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Empty } from '../parts/empty.tsx';
import { ApiTokens, RevokeApiToken } from './operations.ts';
import { TokenForm } from './token-form.tsx';

/** One's API tokens (API-05): made, seen in use, revoked. */
export default function TokensPage() {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const [making, { open, close }] = useDisclosure(false);
  const { data, instead } = useData(ApiTokens, {});
  const tokens = data?.viewer.account?.apiTokens;
  return (
    <Page
      title={t('tokens.title')}
      lead={t('tokens.lead')}
      actions={
        <Button leftSection={<IconPlus size={18} />} onClick={open}>
          {t('tokens.create')}
        </Button>
      }
    >
      {!tokens ? (
        instead
      ) : tokens.length === 0 ? (
        <Empty icon={IconKey} title={t('tokens.none')}>
          <Text size="sm">{t('tokens.noneText')}</Text>
        </Empty>
      ) : (
        <Stack component="ul" aria-label={t('tokens.list')} gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
          {tokens.map((token) => (
            <Token key={token.id} token={token} />
          ))}
        </Stack>
      )}
      <Modal
        opened={making}
        onClose={close}
        title={t('tokens.create')}
        size="lg"
        closeButtonProps={{ 'aria-label': common('close') }}
        closeOnClickOutside={false}
      >
        <TokenForm onDone={close} />
      </Modal>
    </Page>
  );
}

function Token({ token }: { token: ApiTokenFieldsFragment }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { beckon } = useSession();
  const revoke = useMutate(RevokeApiToken);
  const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = token;
  const expired = expiresAt !== null && Date.parse(expiresAt) <= beckon.serverNow();
  return (
    <Card component="li" withBorder padding="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={6} flex={1} miw={220}>
          <Group gap="xs">
            <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
              {name}
            </Text>
            {expired && (
              <Badge color="red" variant="light" tt="none">
                {t('tokens.expired')}
              </Badge>
            )}
          </Group>
          <Group gap={6}>
            {scopes.map((scope) => (
              <Badge key={scope} variant="default" tt="none" fw={500}>
                {t(`scope.${scope}`)}
              </Badge>
            ))}
          </Group>
          <Text size="sm" c="dimmed">
            {t('tokens.made')} <Ago at={createdAt} /> ·{' '}
            {lastUsedAt ? (
              <>
                {t('tokens.lastUsed')} <Ago at={lastUsedAt} />
              </>
            ) : (
              t('tokens.neverUsed')
            )}{' '}
            ·{' '}
            {expiresAt ? (
              <>
                {t('tokens.until')} <Instant at={expiresAt} dateOnly />
              </>
            ) : (
              t('tokens.forGood')
            )}
          </Text>
        </Stack>
        <ConfirmButton
          variant="light"
          color="red"
          size="compact-sm"
          title={t('tokens.revokeTitle', { name })}
          text={t('tokens.revokeText')}
          onConfirm={async () => {
            const { payload } = await revoke.run({ id });
            if (!payload) return common('failed');
            notifications.show({ message: t('tokens.revoked') });
            return null;
          }}
        >
          {t('tokens.revoke')}
        </ConfirmButton>
      </Group>
    </Card>
  );
}
