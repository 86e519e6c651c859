import { Badge, Button, Card, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SecurityQuery } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { Ago } from '../parts/ago.tsx';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { SectionCard } from '../parts/section-card.tsx';
import { RevokeAuthSession, RevokeOtherAuthSessions } from './operations.ts';
import { browserOf } from './user-agent.ts';

type SignIn = NonNullable<SecurityQuery['viewer']['account']>['authSessions'][number];

/** The sign-ins of the account, this one first; each other one can be ended, or all of them. */
export function SignIns({ signIns }: { signIns: readonly SignIn[] }) {
  const { t } = useTranslation('account');
  const ordered = [...signIns].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent));
  return (
    <SectionCard title={t('signIns.title')} text={t('signIns.text')}>
      <Stack component="ul" aria-label={t('signIns.list')} gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {ordered.map((signIn) => (
          <Row key={signIn.id} signIn={signIn} />
        ))}
      </Stack>
      {signIns.length > 1 && <EndOthers />}
    </SectionCard>
  );
}

function EndOthers() {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const end = useMutate(RevokeOtherAuthSessions);
  return (
    <Group justify="flex-end" mt="md">
      <ConfirmButton
        variant="light"
        color="red"
        title={t('signIns.endOthersTitle')}
        text={t('signIns.endOthersText')}
        onConfirm={async () => {
          const { payload } = await end.run({});
          if (!payload) return common('failed');
          notifications.show({ message: t('signIns.ended', { count: payload.authSessionIds.length }) });
          return null;
        }}
      >
        {t('signIns.endOthers')}
      </ConfirmButton>
    </Group>
  );
}

function Row({ signIn }: { signIn: SignIn }) {
  const { t } = useTranslation('account');
  const revoke = useMutate(RevokeAuthSession);
  const { id, userAgent, address, createdAt, lastSeenAt, isCurrent } = signIn;
  const { browser, system } = browserOf(userAgent);
  const name = t('signIns.browserOn', {
    browser: browser ?? t('signIns.otherBrowser'),
    system: system ?? t('signIns.otherSystem'),
  });
  const Icon = system === 'iOS' || system === 'Android' ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Card component="li" withBorder padding="sm">
      <Group gap="sm" justify="flex-end">
        <ThemeIcon variant="light" color="gray" size={36} radius="xl" aria-hidden>
          <Icon size={20} stroke={1.6} />
        </ThemeIcon>
        <Stack gap={2} flex="1 1 13rem" miw={0}>
          <Group gap="xs">
            <Text fw={600} title={userAgent}>
              {name}
            </Text>
            {isCurrent && (
              <Badge color="teal" variant="light" tt="none">
                {t('signIns.current')}
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('signIns.since')} <Ago at={createdAt} />
            {address && ` ${t('signIns.from', { address })}`}, {t('signIns.seen')} <Ago at={lastSeenAt} />
          </Text>
        </Stack>
        {!isCurrent && (
          <Button
            variant="default"
            size="compact-sm"
            loading={revoke.busy}
            aria-label={t('signIns.endThis', { browser: name })}
            onClick={() => void revoke.run({ id })}
          >
            {t('signIns.end')}
          </Button>
        )}
      </Group>
    </Card>
  );
}
