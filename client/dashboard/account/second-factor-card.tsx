import { Badge, Button, Group, Modal, Text } from '@mantine/core';
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecurityQuery } from '../../graphql/graphql.ts';
import { Instant } from '../parts/ago.tsx';
import { SectionCard } from '../parts/section-card.tsx';
import { DisableSecondFactorForm } from './disable-second-factor.tsx';
import { RenewRecoveryCodesForm } from './renew-recovery-codes.tsx';
import { SetUpSecondFactor } from './set-up-second-factor.tsx';

type Factor = NonNullable<SecurityQuery['viewer']['account']>['secondFactor'];
type Doing = 'SET_UP' | 'DISABLE' | 'RENEW' | null;

const TITLES = { SET_UP: 'setUp.title', DISABLE: 'disable.title', RENEW: 'recovery.renewTitle' } as const;

/** The second factor: how it stands, and what can be done with it. */
export function SecondFactorCard({ factor }: { factor: Factor }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const [doing, setDoing] = useState<Doing>(null);
  const { enabled, since, recoveryCodesLeft, required } = factor;
  const done = (): void => setDoing(null);
  return (
    <SectionCard
      title={t('factor.title')}
      state={<State enabled={enabled} />}
      text={
        <>
          {enabled ? t('factor.onText') : t('factor.offText')} {required && t('factor.required')}
        </>
      }
    >
      {enabled ? (
        <>
          <Text size="sm" mb="md">
            {since && (
              <>
                {t('factor.since')} <Instant at={since} dateOnly /> ·{' '}
              </>
            )}
            {t('factor.left', { count: recoveryCodesLeft })}
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={() => setDoing('RENEW')}>
              {t('factor.renew')}
            </Button>
            <Button variant="light" color="red" onClick={() => setDoing('DISABLE')}>
              {t('factor.disable')}
            </Button>
          </Group>
        </>
      ) : (
        <Button onClick={() => setDoing('SET_UP')}>{t('factor.setUp')}</Button>
      )}
      <Modal
        opened={doing !== null}
        onClose={done}
        title={doing && t(TITLES[doing])}
        closeButtonProps={{ 'aria-label': common('close') }}
        // What is shown once must not be lost by a click beside it.
        closeOnClickOutside={false}
      >
        {doing === 'SET_UP' && <SetUpSecondFactor onDone={done} />}
        {doing === 'DISABLE' && <DisableSecondFactorForm onDone={done} />}
        {doing === 'RENEW' && <RenewRecoveryCodesForm onDone={done} />}
      </Modal>
    </SectionCard>
  );
}

function State({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation('account');
  const Icon = enabled ? IconShieldCheck : IconShieldOff;
  return (
    <Badge color={enabled ? 'teal' : 'gray'} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />}>
      {enabled ? t('factor.on') : t('factor.off')}
    </Badge>
  );
}
