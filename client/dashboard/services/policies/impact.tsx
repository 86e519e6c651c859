import { Button, Group, List, Modal, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { errorFromUrql } from '../../../api/errors.ts';
import type { AffectedDevicesQuery, Service } from '../../../graphql/graphql.ts';
import { AffectedDevices } from './operations.ts';
import { type Draft, type SettingForm, settingsInput } from './settings.ts';

type Policy = Extract<AffectedDevicesQuery['node'], { __typename: 'Policy' }>;
type Answer = Policy['affectedDevices'];
export type Impact = Extract<Answer, { __typename: 'AffectedDeviceConnection' }>;

/** Asks who would change if the policy said this, or why it cannot say this. Throws where the server cannot be asked. */
export function useImpact(policyId: string, service: Service): (draft: Draft) => Promise<Answer> {
  const client = useClient();
  return async (draft) => {
    const variables = { id: policyId, settings: settingsInput(service, draft) as never };
    const { data, error } = await client
      .query(AffectedDevices, variables, { requestPolicy: 'network-only' })
      .toPromise();
    if (error) throw errorFromUrql(error, window.location.origin);
    if (data?.node?.__typename !== 'Policy') throw new Error('the policy is gone');
    return data.node.affectedDevices;
  };
}

interface ImpactDialogProps {
  readonly title: string;
  /** Null: closed. */
  readonly impact: Impact | null;
  readonly form: readonly SettingForm[];
  readonly action: string;
  readonly busy: boolean;
  onConfirm(): void;
  onClose(): void;
}

/** Who would change, with counts and names, before it is done (API-03). */
export function ImpactDialog({ title, impact, form, action, busy, onConfirm, onClose }: ImpactDialogProps) {
  const { t } = useTranslation('services');
  const { t: common } = useTranslation();
  const labels = new Map(form.map(({ name, label }) => [name, label]));
  const more = impact ? impact.totalCount - impact.nodes.length : 0;
  return (
    <Modal
      opened={impact !== null}
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Text size="sm">
        {impact?.totalCount ? t('impact.changes', { count: impact.totalCount }) : t('impact.nobody')}
      </Text>
      {impact && impact.nodes.length > 0 && (
        <List size="sm" mt="sm" spacing={4}>
          {impact.nodes.map(({ device, settings }) => (
            <List.Item key={device.id}>
              <strong>{device.name}</strong>
              {' – '}
              {settings.map((name) => labels.get(name) ?? name).join(', ')}
            </List.Item>
          ))}
        </List>
      )}
      {more > 0 && (
        <Text size="sm" mt="sm">
          {t('impact.more', { count: more })}
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button loading={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Group>
    </Modal>
  );
}
