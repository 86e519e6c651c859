import { Button, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useMutate } from '../../data/use-mutate.ts';
import { PreviewDialog } from '../access/preview-dialog.tsx';
import { usePreview } from '../access/use-preview.ts';
import { RemoveMember } from './operations.ts';

/** Removes a member from the company, after it has said what ends with the membership (PER-08a). */
export function RemoveMemberButton({ member }: { member: { readonly id: string; readonly name: string } }) {
  const { t } = useTranslation('members');
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="outline" color="red" onClick={() => setAsked(true)}>
        {t('remove.action')}
      </Button>
      {asked && <RemoveDialog member={member} onClose={() => setAsked(false)} />}
    </>
  );
}

function RemoveDialog({
  member: { id, name },
  onClose,
}: Parameters<typeof RemoveMemberButton>[0] & { onClose(): void }) {
  const { t } = useTranslation('members');
  const [, go] = useLocation();
  const { run } = useMutate(RemoveMember);
  const preview = usePreview(id, () => run({ id, dryRun: true }));
  return (
    <PreviewDialog
      title={t('remove.title', { name })}
      action={t('remove.action')}
      grave
      preview={preview}
      describe={(end) => <MembershipEnd name={name} {...end} />}
      onConfirm={async () => {
        const { payload } = await run({ id });
        if (!payload) return false;
        notifications.show({ message: t('remove.done', { name }) });
        go('/company/members');
        return true;
      }}
      onClose={onClose}
    />
  );
}

interface MembershipEndProps {
  readonly name: string;
  readonly signedOutDevices: number;
  readonly retiredBackups: number;
}

/** What the end of a membership takes along. */
function MembershipEnd({ name, signedOutDevices, retiredBackups }: MembershipEndProps) {
  const { t } = useTranslation('members');
  return (
    <>
      <Text size="sm">{t('remove.text', { name })}</Text>
      <List size="sm">
        <List.Item>{t('remove.devices', { count: signedOutDevices })}</List.Item>
        <List.Item>{t('remove.backups', { count: retiredBackups, name })}</List.Item>
      </List>
    </>
  );
}
