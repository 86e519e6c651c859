import { Alert, Button, Code, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconDownload, IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../data/session.tsx';
import { useCopy } from '../parts/use-copy.ts';

/** Recovery codes, shown a single time: to be copied, written down or downloaded. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone(): void }) {
  const { t } = useTranslation('account');
  const { t: common } = useTranslation();
  const { copied, copy } = useCopy();
  const { person } = useSession();
  const title = t('recovery.file', { email: person?.email ?? '' });
  const text = `${title}\n\n${codes.join('\n')}\n`;
  return (
    <Stack>
      <Text fw={600} component="h3" m={0}>
        {t('recovery.title')}
      </Text>
      <Alert color="yellow" icon={<IconEyeOff size={18} />}>
        {t('recovery.text')}
      </Alert>
      <SimpleGrid
        component="ul"
        cols={2}
        spacing="xs"
        m={0}
        p={0}
        aria-label={t('recovery.label')}
        style={{ listStyle: 'none' }}
      >
        {codes.map((code) => (
          <li key={code}>
            <Code fz="sm" display="block" ta="center" py={6}>
              {code}
            </Code>
          </li>
        ))}
      </SimpleGrid>
      <Group grow gap="sm">
        <Button
          variant="default"
          onClick={() => void copy(codes.join('\n'))}
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        >
          {copied ? common('copied') : t('recovery.copyAll')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} />}
          onClick={() => download(text, `${title}.txt`)}
        >
          {t('recovery.download')}
        </Button>
      </Group>
      <Button onClick={onDone} fullWidth>
        {t('recovery.done')}
      </Button>
    </Stack>
  );
}

/** Hands a text to the browser as a file; it goes to no server. */
function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
