import { Button, Card, SimpleGrid, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { withNext } from './own-path.ts';

/** Way A and way B: with an account, and without one. Both end at the step “Activate”. */
export function TwoWays() {
  const { t } = useTranslation('arriving');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Way
        title={t('activate.have')}
        text={t('activate.haveText')}
        button={t('activate.haveButton')}
        href={withNext('/sign-in', '/activate')}
      />
      <Way
        title={t('activate.new')}
        text={t('activate.newText')}
        button={t('activate.newButton')}
        href={withNext('/sign-up', '/activate')}
      />
    </SimpleGrid>
  );
}

function Way({ title, text, button, href }: { title: string; text: string; button: string; href: string }) {
  return (
    <Card withBorder radius="md" padding="md">
      <Text component="h2" fw={600}>
        {title}
      </Text>
      <Text size="sm" mt={4} mb="md" flex={1}>
        {text}
      </Text>
      <Button component={Link} href={href} variant="light" fullWidth h="auto" mih={36} py={6} styles={WRAPPED}>
        {button}
      </Button>
    </Card>
  );
}

/** French labels are longer than half a card on a phone. */
const WRAPPED = { label: { whiteSpace: 'normal' as const } };
