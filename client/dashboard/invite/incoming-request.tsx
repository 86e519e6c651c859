import { Button, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { AcceptSessionRequest, DismissSessionRequest } from '../../api/operations/session-requests.ts';
import type { ReceivedRequestFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { Countdown } from '../parts/countdown.tsx';
import { PeerName, peerName } from '../parts/peer.tsx';
import { useOffer } from '../parts/use-offer.ts';
import { IncomingCard } from './incoming-card.tsx';

const OfferFields = lazy(async () => ({ default: (await import('../parts/offer-fields.tsx')).OfferFields }));

interface IncomingRequestProps {
  readonly request: ReceivedRequestFieldsFragment;
  onAnswer(id: string): void;
}

/** The accept window: somebody asks to be let in to an own device; with which permissions, is chosen here (INV-09). */
export function IncomingRequest({ request, onAnswer }: IncomingRequestProps) {
  const { t } = useTranslation('incoming');
  const [, go] = useLocation();
  const accept = useMutate(AcceptSessionRequest);
  const dismiss = useMutate(DismissSessionRequest);
  const [refused, setRefused] = useState<string | null>(null);
  const { id, guest, host, expiresAt } = request;
  const offer = useOffer(host.device ?? undefined, id);

  const letIn = async (): Promise<void> => {
    setRefused(null);
    onAnswer(id);
    const { payload, refusal } = await accept.run({ id, ...offer.input });
    if (payload?.request.session) go(`/sessions/${payload.request.session.id}`);
    else setRefused(refusal?.message ?? null);
  };
  const keepOut = async (): Promise<void> => {
    setRefused(null);
    onAnswer(id);
    const { refusal } = await dismiss.run({ id });
    setRefused(refusal?.message ?? null);
  };
  return (
    <IncomingCard
      title={t('request.title', { device: peerName(host) })}
      from={<PeerName peer={guest} />}
      left={<Countdown until={expiresAt} />}
      notice={refused}
      actions={
        <>
          <Button size="xs" loading={accept.busy} disabled={dismiss.busy} onClick={() => void letIn()}>
            {t('request.accept')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={dismiss.busy}
            disabled={accept.busy}
            onClick={() => void keepOut()}
          >
            {t('request.dismiss')}
          </Button>
        </>
      }
    >
      <Text size="sm" c="dimmed" mb="xs">
        {t('request.lead')}
      </Text>
      <Suspense>
        <OfferFields offer={offer} />
      </Suspense>
    </IncomingCard>
  );
}
