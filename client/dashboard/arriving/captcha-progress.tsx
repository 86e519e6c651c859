import { Anchor, Group, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Captcha } from './use-captcha.ts';

/** How far the browser is with the captcha. */
export function CaptchaProgress({ captcha }: { captcha: Captcha }) {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { state, again } = captcha;
  return (
    <Group gap="xs" wrap="nowrap" align="flex-start" role="status" mih={42}>
      {state === 'WORKING' ? (
        <Loader size={18} mt={2} aria-hidden />
      ) : state === 'SOLVED' ? (
        <IconShieldCheck size={20} color="var(--mantine-color-teal-text)" aria-hidden style={{ flexShrink: 0 }} />
      ) : (
        <IconAlertTriangle size={20} color="var(--mantine-color-red-text)" aria-hidden style={{ flexShrink: 0 }} />
      )}
      <Text size="sm">
        {state === 'WORKING' && t('captcha.working')}
        {state === 'SOLVED' && t('captcha.solved')}
        {state === 'INSECURE' && t('captcha.insecure')}
        {state === 'FAILED' && (
          <>
            {t('captcha.failed')}{' '}
            <Anchor component="button" type="button" onClick={again} underline="always" inherit>
              {common('tryAgain')}
            </Anchor>
          </>
        )}
      </Text>
    </Group>
  );
}
