import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { useMutate } from '../../data/use-mutate.ts';
import { AccessChanges } from '../access/access-changes.tsx';
import { PreviewDialog } from '../access/preview-dialog.tsx';
import { usePreview } from '../access/use-preview.ts';
import { AssignRole, RemoveRole } from './operations.ts';

/** A role to be given to a member, or taken from it. */
export interface RoleChangeOf {
  readonly member: { readonly id: string; readonly name: string };
  readonly role: { readonly id: string; readonly name: string };
  readonly give: boolean;
}

/** Gives or takes a role, after it has said what the member will be able to do then, and what not any more. */
export function RoleChange({ member, role, give, onClose }: RoleChangeOf & { onClose(): void }) {
  const { t } = useTranslation('members');
  const assign = useMutate(AssignRole);
  const remove = useMutate(RemoveRole);
  const { run } = give ? assign : remove;
  const input = { memberId: member.id, roleId: role.id };
  const preview = usePreview(JSON.stringify({ ...input, give }), () => run({ ...input, dryRun: true }));
  const names = { name: member.name, role: role.name };
  return (
    <PreviewDialog
      title={give ? t('give.title', names) : t('take.title', names)}
      action={give ? t('give.action') : t('take.action')}
      grave={!give}
      preview={preview}
      describe={({ changes }) => <AccessChanges changes={changes} />}
      onConfirm={async () => {
        const { payload } = await run(input);
        if (payload) notifications.show({ message: give ? t('give.done', names) : t('take.done', names) });
        return payload !== undefined;
      }}
      onClose={onClose}
    />
  );
}
