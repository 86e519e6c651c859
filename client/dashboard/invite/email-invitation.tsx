import { Alert, Button, Center, CopyButton, Divider, Group, Loader, Modal, Paper, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconMailForward } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PayloadOf } from '../../api/results.ts';
import type { InvitationOrigin, PrepareEmailInvitationMutation } from '../../graphql/graphql.ts';
import { LANGUAGES, type Language, presentLanguage } from '../app/words.ts';
import { useMutate } from '../data/use-mutate.ts';
import { PrepareEmailInvitation } from './email-operations.ts';
import { LanguageChoice } from './language-choice.tsx';
import { SendByServer } from './send-by-server.tsx';
import type { OwnDevice } from './start.ts';

type Prepared = PayloadOf<PrepareEmailInvitationMutation['prepareEmailInvitation']>['invitation'];

interface EmailInvitationProps {
  readonly device: OwnDevice;
  readonly origin: InvitationOrigin;
  onClose(): void;
}

/**
 * An invitation by e-mail, made for the person's own mail program (INV-06, INV-07): read it, open it there or copy it.
 * That the server sends it is a second choice, further down.
 */
export default function EmailInvitation({ device, origin, onClose }: EmailInvitationProps) {
  const { t } = useTranslation('invite');
  const { t: common } = useTranslation();
  const [language, setLanguage] = useState<Language>(presentLanguage);
  const { prepared, refused } = usePrepared(device.id, origin, language);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('mail.title', { name: device.name })}
      centered
      size="lg"
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>
        <Text size="sm">{t('mail.lead')}</Text>
        <LanguageChoice label={t('mail.language')} languages={LANGUAGES} value={language} onChange={setLanguage} />
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        {!prepared && !refused && (
          <Center mih={220} role="status" aria-label={common('loading')}>
            <Loader type="dots" aria-hidden />
          </Center>
        )}
        {prepared && (
          <>
            <Paper withBorder p="md" component="section" aria-label={t('mail.preview')} lang={language} mih={220}>
              <Text fw={600} mb="xs">
                {prepared.subject}
              </Text>
              <Text size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                {prepared.body}
              </Text>
            </Paper>
            <Group>
              <Button component="a" href={prepared.mailto} leftSection={<IconMailForward size={16} />}>
                {t('mail.open')}
              </Button>
              <CopyButton value={`${prepared.subject}\n\n${prepared.body}`} timeout={2000}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                    onClick={copy}
                  >
                    {copied ? common('copied') : t('mail.copy')}
                  </Button>
                )}
              </CopyButton>
            </Group>
            <Divider label={t('mail.or')} labelPosition="left" />
            <SendByServer invitationId={prepared.id} />
          </>
        )}
      </Stack>
    </Modal>
  );
}

/** The invitation in a language. Each is prepared once, as each is recorded (INV-08). */
function usePrepared(deviceId: string, origin: InvitationOrigin, language: Language) {
  const [prepared, setPrepared] = useState<Partial<Record<Language, Prepared>>>({});
  const [refused, setRefused] = useState<string | null>(null);
  const asked = useRef(new Set<Language>());
  const { run } = useMutate(PrepareEmailInvitation);
  useEffect(() => {
    if (asked.current.has(language)) return;
    asked.current.add(language);
    void run({ deviceId, origin, language }).then(({ payload, refusal }) => {
      if (payload) setPrepared((before) => ({ ...before, [language]: payload.invitation }));
      else asked.current.delete(language);
      setRefused(refusal?.message ?? null);
    });
  }, [run, deviceId, origin, language]);
  return { prepared: prepared[language], refused };
}
