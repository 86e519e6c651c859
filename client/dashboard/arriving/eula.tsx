import { Box, ScrollArea, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The paragraphs of a text whose lines are broken for a page of fixed width: a line that is indented goes on with the one before. */
function paragraphsOf(text: string): string[] {
  return (
    text
      .replaceAll(/\n[ \t]+(?=\S)/g, ' ')
      // French keeps these beside their words.
      .replaceAll(/(?<=«) | (?=[»;:!?])/g, '\u00a0')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  );
}

/** The licence agreement, to be read in its place. */
export function Eula({ text, version }: { text: string; version: string }) {
  const { t } = useTranslation('arriving');
  const [title, ...rest] = paragraphsOf(text);
  return (
    <Box>
      <Text size="sm" fw={500} mb={4}>
        {t('eula.title')}{' '}
        <Text span inherit c="dimmed">
          {t('eula.version', { version })}
        </Text>
      </Text>
      <ScrollArea.Autosize
        mah={180}
        type="auto"
        offsetScrollbars="y"
        p="sm"
        viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('eula.title') }}
        style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 'var(--mantine-radius-md)' }}
      >
        <Text size="sm" fw={600} mb="xs">
          {title}
        </Text>
        {rest.map((paragraph) => (
          <Text key={paragraph} size="sm" mb="xs">
            {paragraph}
          </Text>
        ))}
      </ScrollArea.Autosize>
    </Box>
  );
}
