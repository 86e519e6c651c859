import { useForm } from '@mantine/form';
import { useState } from 'react';
import { InviteDevice } from '../../api/operations/invitations.ts';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { showRefusal } from '../forms/refused-form.ts';
import { useOffer } from '../parts/use-offer.ts';
import { type OwnDevice, usualDevice } from './start.ts';

interface Values extends Record<string, unknown> {
  /** Where there is a field for it. */
  readonly recipient?: string;
  readonly deviceId: string;
  readonly note: string;
}

/** What the refusal of an offer is about is shown where the offer is made. */
const OF_THE_OFFER: readonly string[] = ['PERMISSIONS_LOCKED', 'PROFILE_DISABLED', 'CONTRADICTION'];

/**
 * An invitation while it is being written (INV-10 … INV-14): to which of the own devices, with which permissions and words.
 * Sent, it begins anew.
 * @param known fields that the form has besides.
 */
export function useInvitation(devices: readonly OwnDevice[], known: Pick<Values, 'recipient'> = {}) {
  const [deviceId, setDeviceId] = useState(() => usualDevice(devices)?.id ?? '');
  const [refused, setRefused] = useState<{ readonly text: string; readonly offer: boolean } | null>(null);
  const [sent, setSent] = useState(0);
  const form = useForm<Values>({ mode: 'uncontrolled', initialValues: { ...known, deviceId, note: '' } });
  const { run, busy } = useMutate(InviteDevice);
  const device = devices.find(({ id }) => id === deviceId) ?? devices[0];
  // What was widened for one invitation is not for the next.
  const offer = useOffer(device, `${device?.id} ${sent}`);
  return {
    devices,
    device,
    offer,
    form,
    refused,
    busy,
    choose(id: string): void {
      setDeviceId(id);
      form.clearFieldError('deviceId');
      setRefused(null);
    },
    /** Gives the invitation; null where it was not taken, and the form says why. */
    async send(recipient: string, origin: InvitationOrigin) {
      if (!device) return null;
      setRefused(null);
      const { note } = form.getValues();
      const { payload, refusal } = await run({ deviceId: device.id, recipient, origin, note, ...offer.input });
      if (payload) {
        form.reset();
        setSent(sent + 1);
        return payload.invitation;
      }
      const text = showRefusal(form, refusal);
      if (text) setRefused({ text, offer: OF_THE_OFFER.includes(refusal?.code ?? '') });
      return null;
    },
  };
}
