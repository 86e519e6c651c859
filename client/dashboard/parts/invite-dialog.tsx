import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { graphql } from '../../graphql/gql.ts';
import type { InvitationOrigin } from '../../graphql/graphql.ts';
import { Waiting } from '../app/app.tsx';
import { useAll } from '../data/use-all.ts';
import { useData } from '../data/use-data.tsx';
import { usePages } from '../data/use-pages.ts';
import { useServerNow } from '../data/use-server-now.ts';
import { StartDevices } from '../invite/operations.ts';
import { SentInvitation } from '../invite/sent-invitation.tsx';
import type { OwnDevice } from '../invite/start.ts';
import { InviteContact } from './invite-contact.tsx';

const SentInvitationById = graphql(`
  query SentInvitationById($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on DirectInvitation {
        ...SentInvitationFields
      }
    }
  }
`);

/** Whom an invitation is to, and what they are called. */
export interface Recipient {
  /** An ID or alias. */
  readonly address: string;
  readonly name: string;
}

interface InviteDialogProps {
  readonly recipient: Recipient;
  /** Where the recipient was picked (INV-08). */
  readonly origin: InvitationOrigin;
  onClose(): void;
}

/** Invites somebody who was picked elsewhere to one of the own devices (INV-10, INV-27), then says how that stands. */
export default function InviteDialog({ recipient, origin, onClose }: InviteDialogProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const [sent, setSent] = useState<string | null>(null);
  const pages = usePages(StartDevices, { first: 100 }, (data) => data.viewer.account?.devices);
  // One cannot invite a device to itself.
  const devices = useAll(pages).filter(({ address }) => address !== recipient.address);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('dialog.title', { name: recipient.name })}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {pages.loading ? (
        <Waiting />
      ) : sent ? (
        <Sent id={sent} devices={devices} />
      ) : devices.length === 0 ? (
        <NoDevice />
      ) : (
        <InviteContact {...{ devices, recipient, origin }} onSent={setSent} onCancel={onClose} />
      )}
    </Modal>
  );
}

function Sent({ id, devices }: { id: string; devices: readonly OwnDevice[] }) {
  const now = useServerNow(1_000);
  const { data, instead } = useData(SentInvitationById, { id });
  if (!data) return instead;
  if (data.node?.__typename !== 'DirectInvitation') return null;
  return <SentInvitation invitation={data.node} devices={devices} now={now} />;
}

function NoDevice() {
  const { t } = useTranslation('invite');
  return (
    <Stack gap="xs">
      <Text size="sm">{t('dialog.noDevice')}</Text>
      <Anchor component={Link} href="/" size="sm">
        {t('dialog.toStart')}
      </Anchor>
    </Stack>
  );
}
