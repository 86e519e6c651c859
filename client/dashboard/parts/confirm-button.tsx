import { Button, type ButtonProps, Group, Modal, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface ConfirmButtonProps extends ButtonProps {
  /** The question: “Remove Reception PC?” */
  readonly title: string;
  /** What happens then, and what cannot be undone. */
  readonly text: ReactNode;
  /** The word on the button that does it; the button's own where absent. */
  readonly action?: string;
  /** Does it; the question stays where it resolves to a sentence that says why not. */
  onConfirm(): Promise<string | null | undefined>;
  readonly children: ReactNode;
}

/** A button for what cannot be undone: it asks first. */
export function ConfirmButton({ title, text, action, onConfirm, children, ...button }: ConfirmButtonProps) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    const why = await onConfirm();
    setBusy(false);
    setRefused(why ?? null);
    if (why == null) close();
  };
  return (
    <>
      <Button
        {...button}
        onClick={() => {
          setRefused(null);
          open();
        }}
      >
        {children}
      </Button>
      <Modal opened={opened} onClose={close} title={title} centered closeButtonProps={{ 'aria-label': t('close') }}>
        <Text component="div" size="sm">
          {text}
        </Text>
        {refused && (
          <Text c="red" size="sm" mt="sm" role="alert">
            {refused}
          </Text>
        )}
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={() => void confirm()}>
            {action ?? children}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
