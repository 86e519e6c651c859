import { Button, NativeSelect, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { RoleFieldsFragment } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { AccessChanges } from '../access/access-changes.tsx';
import { PreviewDialog } from '../access/preview-dialog.tsx';
import { usePreview } from '../access/use-preview.ts';
import { DeleteRole } from './operations.ts';

interface DeleteRoleProps {
  readonly role: RoleFieldsFragment;
  /** The other roles of the company, one of which its members can get instead. */
  readonly others: readonly RoleFieldsFragment[];
}

export function DeleteRoleButton(props: DeleteRoleProps) {
  const { t } = useTranslation('members');
  const [asked, setAsked] = useState(false);
  return (
    <>
      <Button variant="outline" color="red" onClick={() => setAsked(true)}>
        {t('role.delete')}
      </Button>
      {asked && <DeleteRoleDialog {...props} onClose={() => setAsked(false)} />}
    </>
  );
}

/** Deletes a role; where members hold it, after it was said which one they get instead, and what that makes of them. */
function DeleteRoleDialog({ role, others, onClose }: DeleteRoleProps & { onClose(): void }) {
  const { t } = useTranslation('members');
  const [, go] = useLocation();
  const { run } = useMutate(DeleteRole);
  const held = role.memberCount > 0;
  const user = others.find(({ builtIn }) => builtIn === 'USER');
  const [moveToId, setMoveToId] = useState(held ? (user?.id ?? null) : null);
  const input = { id: role.id, moveToId };
  const preview = usePreview(JSON.stringify(input), () => run({ ...input, dryRun: true }));
  return (
    <PreviewDialog
      title={t('role.deleteTitle', { role: role.name })}
      action={t('role.delete')}
      grave
      preview={preview}
      describe={({ changes }) => held && <AccessChanges changes={changes} />}
      onConfirm={async () => {
        const { payload } = await run(input);
        if (!payload) return false;
        notifications.show({ message: t('role.deleted', { role: role.name }) });
        go('/company/roles');
        return true;
      }}
      onClose={onClose}
    >
      {held ? (
        <NativeSelect
          label={t('role.moveTo', { count: role.memberCount })}
          value={moveToId ?? ''}
          onChange={(event) => setMoveToId(event.currentTarget.value)}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <Text size="sm">{t('role.heldByNobody')}</Text>
      )}
    </PreviewDialog>
  );
}
