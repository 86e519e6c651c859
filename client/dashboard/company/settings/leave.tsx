import { Button, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../../data/use-mutate.ts';
import { PreviewDialog } from '../access/preview-dialog.tsx';
import { usePreview } from '../access/use-preview.ts';
import { LeaveCompany } from './operations.ts';

/** Leaves the company, after it has said what ends with the membership. */
export function Leave({ company }: { company: { readonly name: string } }) {
  const { t } = useTranslation('company');
  const [asked, setAsked] = useState(false);
  return (
    <div>
      <Button variant="outline" color="red" onClick={() => setAsked(true)}>
        {t('settings.leave')}
      </Button>
      {asked && <LeaveDialog company={company.name} onClose={() => setAsked(false)} />}
    </div>
  );
}

function LeaveDialog({ company, onClose }: { company: string; onClose(): void }) {
  const { t } = useTranslation('company');
  const { run } = useMutate(LeaveCompany);
  const preview = usePreview('leave', () => run({ dryRun: true }));
  return (
    <PreviewDialog
      title={t('settings.leaveTitle', { company })}
      action={t('settings.leave')}
      grave
      preview={preview}
      describe={({ signedOutDevices, retiredBackups }) => (
        <>
          <Text size="sm">{t('settings.leaveText')}</Text>
          <List size="sm">
            <List.Item>{t('settings.devices', { count: signedOutDevices })}</List.Item>
            <List.Item>{t('settings.backups', { count: retiredBackups })}</List.Item>
          </List>
        </>
      )}
      onConfirm={async () => {
        const { payload } = await run({});
        if (payload) notifications.show({ message: t('settings.left', { company }) });
        return payload !== undefined;
      }}
      onClose={onClose}
    />
  );
}
