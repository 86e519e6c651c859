import { Alert, Button, Text } from '@mantine/core';
import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import type { VerifyAuditLogQuery } from '../../../graphql/graphql.ts';
import { VerifyAuditLog } from './operations.ts';

type Check = VerifyAuditLogQuery['verifyAuditLog'];

/**
 * Asks the server to recompute the hash chain of the log.
 * @param companyId The company; one's own log, such as the operator's, where null.
 */
export function useChainCheck(companyId: string | null) {
  const client = useClient();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Check | 'failed' | null>(null);
  const check = async (): Promise<void> => {
    setBusy(true);
    const { data } = await client.query(VerifyAuditLog, { companyId }, { requestPolicy: 'network-only' });
    setBusy(false);
    setFound(data?.verifyAuditLog ?? 'failed');
  };
  return { busy, found, check };
}

export function CheckButton({ busy, check }: Pick<ReturnType<typeof useChainCheck>, 'busy' | 'check'>) {
  const { t } = useTranslation('audit');
  return (
    <Button variant="default" leftSection={<IconLink size={18} />} loading={busy} onClick={() => void check()}>
      {t('check.action')}
    </Button>
  );
}

/** What the check of the chain found: unbroken, or the first record that was tampered with. */
export function ChainCheck({ found }: { found: Check | 'failed' }) {
  const { t, i18n } = useTranslation('audit');
  const number = (count: number) => count.toLocaleString(i18n.language);
  if (found === 'failed') return <Alert color="red">{t('check.failed')}</Alert>;
  if (found.intact) {
    return (
      <Alert color="teal" role="status" icon={<IconLink />}>
        <Text size="sm" fw={600}>
          {t('check.intact', { count: found.checked, checked: number(found.checked) })}
        </Text>
        <Text size="sm">{t('check.intactText')}</Text>
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconLinkOff />}>
      <Text size="sm" fw={600}>
        {t('check.broken', { number: number(found.brokenAt ?? 0) })}
      </Text>
      <Text size="sm">{t('check.brokenText')}</Text>
    </Alert>
  );
}
