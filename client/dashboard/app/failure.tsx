import { Button, Container, Group, Text, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { messageOf } from '../data/use-mutate.ts';

/** Catches what breaks below it, and offers to begin again; the rest of the page stays. */
export class FailureBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return <Failure error={this.state.error} again={() => this.setState({ error: null })} />;
  }
}

/** That something could not be shown, and a way on. */
export function Failure({ error, again }: { error: unknown; again?: () => void }) {
  const { t } = useTranslation();
  return (
    <Dead title={t('failed')} text={messageOf(error, t('unexpected'))}>
      {again && <Button onClick={again}>{t('tryAgain')}</Button>}
    </Dead>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Dead title={t('notFoundTitle')} text={t('notFoundText')}>
      <Button component={Link} href="/">
        {t('toStart')}
      </Button>
    </Dead>
  );
}

/** A dead end that has a way on. */
export function Dead({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Container size="xs" py={80} role="alert">
      <Title order={1} size="h2" mb="sm">
        {title}
      </Title>
      <Text mb="lg">{text}</Text>
      <Group>{children}</Group>
    </Container>
  );
}
