import { Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import type { RoleFieldsFragment } from '../../../graphql/graphql.ts';
import { useMutate } from '../../data/use-mutate.ts';
import { AccessChanges } from '../access/access-changes.tsx';
import type { Grant } from '../access/grants.ts';
import { PreviewDialog } from '../access/preview-dialog.tsx';
import { usePreview } from '../access/use-preview.ts';
import { UpdateRole } from './operations.ts';

interface SaveRoleProps {
  readonly role: RoleFieldsFragment;
  readonly name: string;
  readonly grants: readonly Grant[];
  onSaved(): void;
  onClose(): void;
}

/** Asks before a role that members hold is changed: it takes effect at once (PER-11). */
export function SaveRole({ role, name, grants, onSaved, onClose }: SaveRoleProps) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const { run } = useMutate(UpdateRole);
  const input = { id: role.id, name, grants: [...grants] };
  const preview = usePreview(JSON.stringify(input), () => run({ ...input, dryRun: true }));
  return (
    <PreviewDialog
      title={t('role.saveTitle', { role: role.name })}
      action={common('save')}
      preview={preview}
      describe={({ changes }) => (
        <>
          <Text size="sm">{t('role.saveText', { count: changes.length })}</Text>
          <AccessChanges changes={changes} />
        </>
      )}
      onConfirm={async () => {
        const { payload } = await run(input);
        if (!payload) return false;
        notifications.show({ message: t('role.saved', { role: name }) });
        onSaved();
        return true;
      }}
      onClose={onClose}
    />
  );
}
