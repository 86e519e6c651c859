import { Button, Card, Checkbox, SimpleGrid, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RequestSessionPermissions } from '../../api/operations/sessions.ts';
import type { SessionPermission } from '../../graphql/graphql.ts';
import { useMutate } from '../data/use-mutate.ts';
import { SESSION_PERMISSIONS } from '../parts/session-permissions.ts';
import type { ShownSession } from './history.ts';

/** The guest side asks for what it lacks; the host side grants or refuses it as a whole (INV-29). */
export function AskForMore({ session }: { session: ShownSession }) {
  const { t } = useTranslation('sessions');
  const { t: common } = useTranslation();
  const ask = useMutate(RequestSessionPermissions);
  const [chosen, setChosen] = useState<readonly SessionPermission[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const asked = new Set(
    session.permissionRequests.filter(({ status }) => status === 'PENDING').flatMap(({ permissions }) => permissions),
  );
  const lacking = SESSION_PERMISSIONS.filter((permission) => !session.permissions.includes(permission));
  const open = lacking.filter((permission) => !asked.has(permission));
  const wanted = chosen.filter((permission) => open.includes(permission));
  if (open.length === 0) return null;
  const send = async (): Promise<void> => {
    const { payload, refusal } = await ask.run({ sessionId: session.id, permissions: [...wanted] });
    if (payload) setChosen([]);
    setRefused(refusal?.message ?? null);
  };
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="ask">
      <Title order={2} size="h4" id="ask">
        {t('ask.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {t('ask.lead')}
      </Text>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
        {open.map((permission) => (
          <Checkbox
            key={permission}
            checked={wanted.includes(permission)}
            label={common(`permission.${permission}`)}
            onChange={({ currentTarget }) =>
              setChosen(currentTarget.checked ? [...wanted, permission] : wanted.filter((each) => each !== permission))
            }
          />
        ))}
      </SimpleGrid>
      {refused && (
        <Text size="sm" c="red" role="alert" mt="sm">
          {refused}
        </Text>
      )}
      <Button mt="md" disabled={wanted.length === 0} loading={ask.busy} onClick={() => void send()}>
        {t('ask.send')}
      </Button>
    </Card>
  );
}
