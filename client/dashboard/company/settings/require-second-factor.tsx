import { Alert, Anchor, Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useMutate } from '../../data/use-mutate.ts';
import { UpdateCompany } from './operations.ts';

interface RequireSecondFactorProps {
  readonly required: boolean;
  /** How many members have none. */
  readonly without: number;
}

/** Whether members need a second factor; who has none is kept out at once, so that it is asked first. */
export function RequireSecondFactor({ required, without }: RequireSecondFactorProps) {
  const { t } = useTranslation('company');
  const [asked, setAsked] = useState(false);
  const update = useMutate(UpdateCompany);
  return (
    <Stack gap="xs" align="flex-start">
      <Switch
        label={t('settings.require')}
        checked={required}
        disabled={update.busy}
        onChange={({ currentTarget: { checked } }) => {
          if (checked) setAsked(true);
          else void update.run({ requireSecondFactor: false });
        }}
      />
      {without > 0 && (
        <Anchor component={Link} href="/company/members?secondFactor=no" size="sm">
          {t('settings.whoHasNone')}
        </Anchor>
      )}
      {asked && <AskFirst without={without} onClose={() => setAsked(false)} />}
    </Stack>
  );
}

function AskFirst({ without, onClose }: { without: number; onClose(): void }) {
  const { t } = useTranslation(['company', 'common']);
  const [refused, setRefused] = useState<{ code: string; message: string } | null>(null);
  const update = useMutate(UpdateCompany);
  const confirm = async (): Promise<void> => {
    const { payload, refusal } = await update.run({ requireSecondFactor: true });
    if (payload) onClose();
    else setRefused(refusal);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('settings.requireTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack>
        <Text size="sm">{t('settings.requireText', { count: without })}</Text>
        {refused && (
          <Alert color="red" role="alert">
            {refused.message}
            {refused.code === 'SECOND_FACTOR_OFF' && (
              <>
                {' '}
                <Anchor component={Link} href="/account/security" inherit underline="always">
                  {t('settings.setOwnUp')}
                </Anchor>
              </>
            )}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={update.busy} onClick={() => void confirm()}>
            {t('settings.requireAction')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
