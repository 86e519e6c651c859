import { ActionIcon, Button, Group, Menu, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconCalendarPlus,
  IconDots,
  IconHistory,
  IconLinkOff,
  IconMailForward,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { ResendLicenceLink, ResumeLicence, RevokeLicenceLink, SuspendLicence } from '../../api/operations/licences.ts';
import type { LicenceFieldsFragment } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { RenewForm } from './renew-form.tsx';

type Asked = 'REVOKE' | 'SUSPEND' | 'RENEW' | null;

/** What the operator can do with a licence where it stands. */
export function LicenceActions({ licence }: { licence: LicenceFieldsFragment }) {
  const { t } = useTranslation('operator');
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const [asked, setAsked] = useState<Asked>(null);
  const resend = useMutate(ResendLicenceLink);
  const revoke = useMutate(RevokeLicenceLink);
  const suspend = useMutate(SuspendLicence);
  const resume = useMutate(ResumeLicence);
  const { id, product, status, holder, purchaseEmail, activationLink } = licence;
  const service = common(`service.${product}`);
  const close = (): void => setAsked(null);
  const tell = (outcome: Outcome, done: string): void => {
    if (outcome.payload) notifications.show({ color: 'teal', message: done });
    else if (outcome.refusal) notifications.show({ color: 'red', message: outcome.refusal.message });
    close();
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('licences.actions', { service })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {status === 'ISSUED' && (
            <Menu.Item
              leftSection={<IconMailForward size={16} />}
              onClick={async () => tell(await resend.run({ id }), t('action.resent', { email: purchaseEmail ?? '' }))}
            >
              {t('action.resend')}
            </Menu.Item>
          )}
          {!holder && activationLink?.status === 'OPEN' && (
            <Menu.Item leftSection={<IconLinkOff size={16} />} onClick={() => setAsked('REVOKE')}>
              {t('action.revoke')}
            </Menu.Item>
          )}
          {status === 'SUSPENDED' ? (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              onClick={async () => tell(await resume.run({ id }), t('action.done'))}
            >
              {t('action.resume')}
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setAsked('SUSPEND')}>
              {t('action.suspend')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconCalendarPlus size={16} />} onClick={() => setAsked('RENEW')}>
            {t('action.renew')}
          </Menu.Item>
          <Menu.Item leftSection={<IconHistory size={16} />} onClick={() => go(`/operator/audit?subject=${id}`)}>
            {t('action.history')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Question
        opened={asked === 'REVOKE'}
        title={t('action.revokeTitle')}
        text={t('action.revokeText')}
        action={t('action.revoke')}
        busy={revoke.busy}
        onClose={close}
        onConfirm={async () => tell(await revoke.run({ id }), t('action.done'))}
      />
      <Question
        opened={asked === 'SUSPEND'}
        title={t('action.suspendTitle')}
        text={t('action.suspendText')}
        action={t('action.suspend')}
        busy={suspend.busy}
        onClose={close}
        onConfirm={async () => tell(await suspend.run({ id }), t('action.done'))}
      />
      <Modal
        opened={asked === 'RENEW'}
        onClose={close}
        title={t('renew.title', { service })}
        closeButtonProps={{ 'aria-label': common('close') }}
      >
        <RenewForm licence={licence} onDone={close} />
      </Modal>
    </>
  );
}

interface Outcome {
  readonly payload?: object | undefined;
  readonly refusal?: { readonly message: string } | null | undefined;
}

interface QuestionProps {
  readonly opened: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly busy: boolean;
  onClose(): void;
  onConfirm(): Promise<void>;
}

/** Asks before it is done; opened by the menu, which is closed by then. */
function Question({ opened, title, text, action, busy, onClose, onConfirm }: QuestionProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered closeButtonProps={{ 'aria-label': t('close') }}>
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button color="red" loading={busy} onClick={() => void onConfirm()}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
