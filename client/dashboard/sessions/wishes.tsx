import { Alert, Button, Group, Loader, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnswerPermissionRequest } from '../../api/operations/sessions.ts';
import { useMutate } from '../data/use-mutate.ts';
import { peerName } from '../parts/peer.tsx';
import { usePermissionList } from '../parts/permission-summary.tsx';
import type { ShownSession } from './history.ts';
import { sidesOf } from './sides.ts';

/** What the guest side asks for and waits for: the host side answers it here. */
export function Wishes({ session }: { session: ShownSession }) {
  const { side } = sidesOf(session);
  return session.permissionRequests
    .filter(({ status }) => status === 'PENDING')
    .map((request) =>
      side === 'HOST' ? (
        <WishToAnswer key={request.id} request={request} from={peerName(session.guest)} />
      ) : (
        <OwnWish key={request.id} request={request} />
      ),
    );
}

type Request = ShownSession['permissionRequests'][number];

function WishToAnswer({ request, from }: { request: Request; from: string }) {
  const { t } = useTranslation('sessions');
  const list = usePermissionList();
  const answer = useMutate(AnswerPermissionRequest);
  const [refused, setRefused] = useState<string | null>(null);
  const say = async (grant: boolean): Promise<void> => {
    const { refusal } = await answer.run({ id: request.id, grant });
    setRefused(refusal?.message ?? null);
  };
  return (
    <Alert color="signal" icon={<IconHandStop />} role="alert" title={t('wish.asked', { name: from })}>
      <Text size="sm">{list(request.permissions)}</Text>
      {refused && (
        <Text size="sm" c="red" mt="xs">
          {refused}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        <Button size="xs" disabled={answer.busy} onClick={() => void say(true)}>
          {t('wish.grant')}
        </Button>
        <Button size="xs" variant="default" disabled={answer.busy} onClick={() => void say(false)}>
          {t('wish.refuse')}
        </Button>
      </Group>
    </Alert>
  );
}

function OwnWish({ request }: { request: Request }) {
  const { t } = useTranslation('sessions');
  const list = usePermissionList();
  return (
    <Alert color="gray" icon={<Loader size={16} aria-hidden />} role="status" title={t('wish.waiting')}>
      <Text size="sm">{list(request.permissions)}</Text>
    </Alert>
  );
}
