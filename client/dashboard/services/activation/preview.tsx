import { Alert, Button, Group, List, Loader, Stack, Table, Text } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { ActivateService } from '../operations.ts';
import type { Chosen, Outcome } from './activate.tsx';

interface PreviewProps {
  readonly service: Service;
  readonly chosen: Chosen;
  onBack(): void;
  /** Goes on with the devices that nothing stands against. */
  onNext(ready: Chosen): void;
}

/** What would happen on each device, and every condition that it does not meet (PRE-05, API-03). Nothing is changed yet. */
export function Preview({ service, chosen, onBack, onNext }: PreviewProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const { run, busy } = useMutate(ActivateService);
  const [outcomes, setOutcomes] = useState<readonly Outcome[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each choice
  useEffect(() => {
    const ask = async (): Promise<void> => {
      const { payload, refusal } = await run({ service, deviceIds: [...chosen.keys()], dryRun: true });
      setOutcomes(payload?.outcomes ?? null);
      setRefused(refusal?.message ?? null);
    };
    void ask();
  }, [service, chosen]);

  const ready = new Map(
    (outcomes ?? []).filter(({ ok }) => ok).map(({ deviceId }) => [deviceId, chosen.get(deviceId) ?? deviceId]),
  );
  const held = (outcomes?.length ?? 0) - ready.size;
  return (
    <Stack>
      {busy && <Loader type="dots" role="status" aria-label={common('loading')} />}
      {refused && (
        <Alert color="red" role="alert">
          {refused}
        </Alert>
      )}
      {outcomes && (
        <>
          <Text aria-live="polite">
            {t('preview.ready', { count: ready.size })} {held > 0 && t('preview.held', { count: held })}
          </Text>
          <OutcomeTable outcomes={outcomes} devices={chosen} readyText={t('preview.isReady')} />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {common('back')}
        </Button>
        <Button disabled={ready.size === 0} onClick={() => onNext(ready)}>
          {held > 0 && ready.size > 0 ? t('preview.nextWith', { count: ready.size }) : common('next')}
        </Button>
      </Group>
    </Stack>
  );
}

interface OutcomeTableProps {
  readonly outcomes: readonly Outcome[];
  readonly devices: Chosen;
  readonly readyText: string;
}

/** One answer for each device: that nothing stands against it, or all that does, in words. */
export function OutcomeTable({ outcomes, devices, readyText }: OutcomeTableProps) {
  const { t } = useTranslation('services');
  return (
    <Table aria-label={t('preview.table')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('column.device')}</Table.Th>
          <Table.Th>{t('preview.what')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {outcomes.map(({ deviceId, ok, unmet }) => (
          <Table.Tr key={deviceId}>
            <Table.Td>{devices.get(deviceId) ?? deviceId}</Table.Td>
            <Table.Td>
              <Group gap={6} wrap="nowrap" align="flex-start">
                {ok ? (
                  <IconCheck size={18} color="var(--mantine-color-teal-6)" aria-hidden style={{ flexShrink: 0 }} />
                ) : (
                  <IconAlertCircle size={18} color="var(--mantine-color-red-6)" aria-hidden style={{ flexShrink: 0 }} />
                )}
                {ok ? (
                  <Text size="sm">{readyText}</Text>
                ) : (
                  <List size="sm" listStyleType="none">
                    {unmet.map(({ condition, message }) => (
                      <List.Item key={condition}>{message}</List.Item>
                    ))}
                  </List>
                )}
              </Group>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
