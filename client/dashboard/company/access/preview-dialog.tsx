import { Alert, Button, Center, Group, Loader, Modal, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from './use-preview.ts';

interface PreviewDialogProps<Payload extends object> {
  readonly title: string;
  /** The word on the button that does it. */
  readonly action: string;
  /** Red, for what takes something away. */
  readonly grave?: boolean;
  /** What it would do; null while nothing is chosen that could be previewed. */
  readonly preview: Preview<Payload> | null;
  /** What is chosen or said before the preview. */
  readonly children?: ReactNode;
  describe(payload: Payload): ReactNode;
  /** Does it; the dialog stays where it resolves to false. */
  onConfirm(): Promise<boolean>;
  onClose(): void;
}

/** Asks before a change, and shows what it would do: exactly what the server would answer to it (API-03). */
export function PreviewDialog<Payload extends object>({
  title,
  action,
  grave = false,
  preview,
  children,
  describe,
  onConfirm,
  onClose,
}: PreviewDialogProps<Payload>) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    const done = await onConfirm();
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <Stack>
        {children}
        {preview?.state === 'waiting' && (
          <Center py="md" role="status" aria-label={t('loading')}>
            <Loader type="dots" aria-hidden />
          </Center>
        )}
        {preview?.state === 'previewed' && describe(preview.payload)}
        {preview?.state === 'refused' && (
          <Alert color="red" role="alert" icon={<IconAlertTriangle />}>
            {preview.message ?? t('unexpected')}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t(preview?.state === 'refused' ? 'close' : 'cancel')}
          </Button>
          {preview?.state !== 'refused' && (
            <Button
              {...(grave && { color: 'red' })}
              loading={busy}
              disabled={preview?.state !== 'previewed'}
              onClick={() => void confirm()}
            >
              {action}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}
