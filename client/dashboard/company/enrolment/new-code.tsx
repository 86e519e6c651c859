import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CommandLine } from '../../parts/command-line.tsx';
import { ShownOnce } from '../../parts/shown-once.tsx';

/** Where the agent looks for a server that it was not told of (client/agent/context.ts). */
const USUAL_SERVER = 'http://127.0.0.1:4000';

/** A code that was just made, and what to type on the device. */
export function NewCode({ secret, onDone }: { secret: string; onDone(): void }) {
  const { t } = useTranslation('company');
  const { origin } = window.location;
  const server = origin === USUAL_SERVER ? '' : ` --server ${origin}`;
  return (
    <ShownOnce secret={secret} text={t('code.once')} copyLabel={t('code.copy')} onDone={onDone}>
      <Text size="sm">{t('code.command')}</Text>
      <CommandLine command={`npm run agent --${server} enrol --code ${secret}`} copyLabel={t('code.copyCommand')} />
      <Text size="sm">{t('code.start')}</Text>
      <CommandLine command="npm run agent -- run" copyLabel={t('code.copyStart')} />
    </ShownOnce>
  );
}
