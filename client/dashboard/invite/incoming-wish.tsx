import { Anchor, Button, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { AnswerPermissionRequest } from '../../api/operations/sessions.ts';
import { useMutate } from '../data/use-mutate.ts';
import { PeerName } from '../parts/peer.tsx';
import { usePermissionList } from '../parts/permission-summary.tsx';
import type { Wish } from './incoming.tsx';
import { IncomingCard } from './incoming-card.tsx';

/** The guest side of a running session asks for more permissions: granted or refused from any page (INV-29). */
export function IncomingWish({ wish, onAnswer }: { wish: Wish; onAnswer(id: string): void }) {
  const { t } = useTranslation('incoming');
  const list = usePermissionList();
  const answer = useMutate(AnswerPermissionRequest);
  const [refused, setRefused] = useState<string | null>(null);
  const { id, permissions, session } = wish;
  const say = async (grant: boolean): Promise<void> => {
    onAnswer(id);
    const { refusal } = await answer.run({ id, grant });
    setRefused(refusal?.message ?? null);
  };
  return (
    <IncomingCard
      title={t('wish.title')}
      from={<PeerName peer={session.guest} />}
      notice={refused}
      actions={
        <>
          <Button size="xs" disabled={answer.busy} onClick={() => void say(true)}>
            {t('wish.grant')}
          </Button>
          <Button size="xs" variant="default" disabled={answer.busy} onClick={() => void say(false)}>
            {t('wish.refuse')}
          </Button>
          <Anchor component={Link} href={`/sessions/${session.id}`} size="sm" ml="auto">
            {t('wish.toSession')}
          </Anchor>
        </>
      }
    >
      <Text size="sm" mt={4} fw={600}>
        {list(permissions)}
      </Text>
    </IncomingCard>
  );
}
