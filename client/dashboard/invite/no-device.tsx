import { Anchor, Button, List, Stack, Text } from '@mantine/core';
import { IconDevicesPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useAccount } from '../data/session.tsx';
import { useMutate } from '../data/use-mutate.ts';
import { CommandLine } from '../parts/command-line.tsx';
import { Copyable } from '../parts/copyable.tsx';
import { Empty } from '../parts/empty.tsx';
import { CreateOwnCode } from './device-operations.ts';

/** What stands here before the account is signed in on any device: how a machine becomes one. */
export default function NoDevice() {
  const { t } = useTranslation('invite');
  const { company } = useAccount();
  return (
    <Empty icon={IconDevicesPlus} title={t('noDevice.title')}>
      {company ? (
        <WithCode />
      ) : (
        <>
          <Text c="dimmed">{t('noDevice.withoutCompany')}</Text>
          <Anchor component={Link} href="/company">
            {t('noDevice.toCompany')}
          </Anchor>
        </>
      )}
    </Empty>
  );
}

/** Makes a code whose devices are this person's own, and shows the commands that redeem it. */
function WithCode() {
  const { t } = useTranslation('invite');
  const { id, name } = useAccount();
  const [code, setCode] = useState<string | null>(null);
  const create = useMutate(CreateOwnCode);
  const make = async (): Promise<void> => {
    const { payload } = await create.run({ label: t('noDevice.label', { name }), assignToId: id });
    if (payload) setCode(payload.secret);
  };
  if (!code) {
    return (
      <>
        <Text c="dimmed">{t('noDevice.withCompany')}</Text>
        <Button mt="xs" loading={create.busy} onClick={() => void make()}>
          {t('noDevice.make')}
        </Button>
      </>
    );
  }
  const server = window.location.origin;
  return (
    <Stack gap="xs" align="stretch" ta="start" mt="xs" w="100%">
      <Text role="status">{t('noDevice.made')}</Text>
      <List type="ordered" spacing="xs" styles={AS_WIDE_AS_THE_LIST}>
        <List.Item>
          {t('noDevice.enrol')}
          <CommandLine
            command={`npm run agent -- --server ${server} enrol --code ${code}`}
            copyLabel={t('noDevice.copyCommand')}
          />
        </List.Item>
        <List.Item>
          {t('noDevice.run')}
          <CommandLine command="npm run agent -- run" copyLabel={t('noDevice.copyCommand')} />
        </List.Item>
      </List>
      <Text size="sm" c="dimmed">
        {t('noDevice.otherClients')}
      </Text>
      <Copyable value={code} label={t('noDevice.copyCode')} breakable />
    </Stack>
  );
}

/** Mantine's items are as wide as what stands in them, so that a long command would not scroll. */
const AS_WIDE_AS_THE_LIST = { itemWrapper: { display: 'block' }, itemLabel: { display: 'block' } } as const;
