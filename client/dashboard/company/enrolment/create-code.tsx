import { Alert, Button, Group, Modal, NativeSelect, NumberInput, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccount, useSession } from '../../data/session.tsx';
import { useAll } from '../../data/use-all.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { usePages } from '../../data/use-pages.ts';
import { GroupsToChoose } from '../../devices/operations.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { MembersToChoose } from '../members/operations.ts';
import { NewCode } from './new-code.tsx';
import { CreateEnrolmentCode } from './operations.ts';

const DAY_MS = 86_400_000;

/** How long a code can be used, in days; 90 are the most (server/domain/enrolment-codes.ts). */
const TERMS = { day: 1, week: 7, month: 30, quarter: 90 } as const;
type Term = keyof typeof TERMS;

/** The longest term is the most that the server takes: less than that, by what a request takes to get there. */
const MARGIN_MS = 60_000;

interface CreateCodeProps {
  /** Only administrators choose a group, or somebody else to assign the devices to. */
  readonly administrator: boolean;
  onClose(): void;
}

/** Makes an enrolment code, and shows it this once. */
export default function CreateCode({ administrator, onClose }: CreateCodeProps) {
  const { t } = useTranslation(['company', 'common']);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('code.create')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
      // The code is shown once: a click beside it must not lose it.
      closeOnClickOutside={secret === null}
    >
      {secret === null ? (
        <CodeForm administrator={administrator} onMade={setSecret} onClose={onClose} />
      ) : (
        <NewCode secret={secret} onDone={onClose} />
      )}
    </Modal>
  );
}

function CodeForm({ administrator, onMade, onClose }: CreateCodeProps & { onMade(secret: string): void }) {
  const { t } = useTranslation(['company', 'common']);
  const { beckon } = useSession();
  const own = useAccount();
  const form = useForm({
    mode: 'uncontrolled',
    initialValues: { label: '', maxUses: 1 as number | string, term: 'week' as Term, assignToId: '', groupId: '' },
  });
  const [refused, setRefused] = useState<string | null>(null);
  const create = useMutate(CreateEnrolmentCode);
  const members = useAll(usePages(MembersToChoose, {}, (data) => data.viewer.account?.company?.members));
  const groups = useAll(usePages(GroupsToChoose, {}, (data) => data.viewer.account?.company?.deviceGroups));

  const submit = form.onSubmit(async ({ label, maxUses, term, assignToId, groupId }) => {
    setRefused(null);
    const expiresAt = new Date(beckon.serverNow() + TERMS[term] * DAY_MS - MARGIN_MS).toISOString();
    const { payload, refusal } = await create.run({
      label,
      maxUses: Number(maxUses),
      expiresAt,
      ...(assignToId && { assignToId }),
      ...(groupId && { groupId }),
    });
    if (payload) onMade(payload.secret);
    else setRefused(showRefusal(form, refusal));
  });
  const people = administrator ? members : members.filter(({ accountId }) => accountId === own.id);
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('code.label')}
          placeholder={t('code.labelPlaceholder')}
          required
          maxLength={100}
          data-autofocus
          key={form.key('label')}
          {...form.getInputProps('label')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <NumberInput
            label={t('code.maxUses')}
            min={1}
            max={1000}
            allowDecimal={false}
            required
            key={form.key('maxUses')}
            {...form.getInputProps('maxUses')}
          />
          <NativeSelect
            label={t('code.term')}
            data={(Object.keys(TERMS) as Term[]).map((value) => ({ value, label: t(`code.${value}`) }))}
            key={form.key('term')}
            {...form.getInputProps('term')}
          />
        </SimpleGrid>
        <NativeSelect
          label={t('code.assignTo')}
          data={[
            { value: '', label: t('code.nobody') },
            ...people.map(({ accountId, name }) => ({
              value: accountId,
              label: accountId === own.id ? t('code.me') : name,
            })),
          ]}
          key={form.key('assignToId')}
          {...form.getInputProps('assignToId')}
        />
        {administrator && groups.length > 0 && (
          <NativeSelect
            label={t('code.group')}
            data={[
              { value: '', label: t('code.noGroup') },
              ...groups.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            key={form.key('groupId')}
            {...form.getInputProps('groupId')}
          />
        )}
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={create.busy}>
            {t('code.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
