import { Alert, Button, Group, List, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../../data/use-mutate.ts';
import { DeactivateService } from '../operations.ts';
import type { Endpoint } from './endpoints.tsx';

/** Takes a service off a device, after the server was asked whether it can, and the person whether it shall. */
export function Deactivation({ endpoint, onClose }: { endpoint: Endpoint | null; onClose(): void }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  return (
    <Modal
      opened={endpoint !== null}
      onClose={onClose}
      centered
      title={
        endpoint &&
        t('deactivate.title', { service: common(`service.${endpoint.service}`), name: endpoint.device.name })
      }
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {endpoint && <Question key={endpoint.id} endpoint={endpoint} onClose={onClose} />}
    </Modal>
  );
}

function Question({ endpoint, onClose }: { endpoint: Endpoint; onClose(): void }) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const { service, device } = endpoint;
  const { run, busy } = useMutate(DeactivateService);
  const [against, setAgainst] = useState<readonly string[]>([]);

  const ask = async (dryRun: boolean): Promise<boolean> => {
    const { payload, refusal } = await run({ service, deviceIds: [device.id], dryRun });
    const unmet = payload?.outcomes.flatMap((outcome) => outcome.unmet.map(({ message }) => message)) ?? [];
    setAgainst(refusal ? [refusal.message] : unmet);
    return payload !== undefined && unmet.length === 0;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it opens
  useEffect(() => {
    void ask(true);
  }, []);

  const confirm = async (): Promise<void> => {
    if (!(await ask(false))) return;
    notifications.show({ message: t('deactivate.done', { name: device.name }) });
    onClose();
  };
  return (
    <>
      <List size="sm" spacing={4}>
        <List.Item>{t('deactivate.stops')}</List.Item>
        <List.Item>{t('deactivate.seat')}</List.Item>
        <List.Item>{t('deactivate.alerts')}</List.Item>
        {service === 'BACKUP' && <List.Item>{t('deactivate.snapshots')}</List.Item>}
      </List>
      {against.length > 0 && (
        <Alert color="red" role="alert" mt="md">
          {against.map((message) => (
            <Text key={message} size="sm">
              {message}
            </Text>
          ))}
        </Alert>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button color="red" loading={busy} disabled={against.length > 0} onClick={() => void confirm()}>
          {t('deactivate.action')}
        </Button>
      </Group>
    </>
  );
}
