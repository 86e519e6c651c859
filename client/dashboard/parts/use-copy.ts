import { useTimeout } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** How long a button says that it has copied. */
const COPIED_FOR_MS = 2000;

/** Puts texts on the clipboard, and tells people where the browser does not let the page. */
export function useCopy(): { copied: boolean; copy(text: string): Promise<boolean> } {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const { start } = useTimeout(() => setCopied(false), COPIED_FOR_MS);
  return {
    copied,
    async copy(text) {
      const done = await copyText(text);
      if (done) start();
      else notifications.show({ color: 'red', message: t('notCopied') });
      setCopied(done);
      return done;
    },
  };
}

/** Mantine's own hook copies nothing, and says nothing, where a page came by plain http: there is no `navigator.clipboard` there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

function copyByCommand(text: string): boolean {
  let put = false;
  const onCopy = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    put = true;
  };
  document.addEventListener('copy', onCopy, { capture: true, once: true });
  const allowed = document.execCommand('copy');
  document.removeEventListener('copy', onCopy, { capture: true });
  return allowed && put;
}
