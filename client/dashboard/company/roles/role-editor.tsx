import { Alert, Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { RoleFieldsFragment } from '../../../graphql/graphql.ts';
import { useAccount } from '../../data/session.tsx';
import { useMutate } from '../../data/use-mutate.ts';
import { showRefusal } from '../../forms/refused-form.ts';
import { type Catalogue, type Grant, holds, impliedBy, sameGrant } from '../access/grants.ts';
import { PermissionGrid } from '../access/permission-grid.tsx';
import { CreateRole, UpdateRole } from './operations.ts';
import { SaveRole } from './save-role.tsx';

interface RoleEditorProps {
  /** Null: a new one. */
  readonly role: RoleFieldsFragment | null;
  readonly catalogue: Catalogue;
  /** Begins anew with the role as it is now. */
  onLoadAgain(): void;
}

/** What somebody else may have changed meanwhile. */
const versionOf = (role: RoleFieldsFragment | null): string => JSON.stringify([role?.name, role?.grants]);

/** The name of a role and its grid; what it would change for whom is shown before it is saved (API-03). */
export function RoleEditor({ role, catalogue, onLoadAgain }: RoleEditorProps) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const [, go] = useLocation();
  const form = useForm({ mode: 'uncontrolled', initialValues: { name: role?.name ?? '' } });
  const [grants, setGrants] = useState<readonly Grant[]>(
    () => role?.grants.map(({ service, permission }) => ({ service, permission })) ?? [],
  );
  const [began] = useState(() => versionOf(role));
  const [refused, setRefused] = useState<string | null>(null);
  const [asked, setAsked] = useState<{ name: string } | null>(null);
  const create = useMutate(CreateRole);
  const update = useMutate(UpdateRole);

  const submit = form.onSubmit(async ({ name }) => {
    setRefused(null);
    if (role && role.memberCount > 0) return setAsked({ name });
    const input = { name, grants: [...grants] };
    const { payload, refusal } = role ? await update.run({ id: role.id, ...input }) : await create.run(input);
    if (!payload) return setRefused(showRefusal(form, refusal));
    notifications.show({ message: t('role.saved', { role: name }) });
    go('/company/roles');
  });
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t('role.name')}
          required
          maxLength={100}
          maw={420}
          key={form.key('name')}
          {...form.getInputProps('name')}
        />
        <PermissionGrid
          label={t('role.grid', { role: role?.name ?? t('role.create') })}
          cell={(grant) => (
            <GrantBox
              grant={grant}
              grants={grants}
              catalogue={catalogue}
              onChange={(granted) =>
                setGrants((before) => [...before.filter((one) => !sameGrant(one, grant)), ...(granted ? [grant] : [])])
              }
            />
          )}
        />
        {versionOf(role) !== began && (
          <Alert color="yellow" role="status">
            {t('role.changedMeanwhile')}{' '}
            <Button variant="default" size="compact-sm" onClick={onLoadAgain}>
              {t('role.loadAgain')}
            </Button>
          </Alert>
        )}
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={create.busy || update.busy}>
            {role ? common('save') : t('role.submit')}
          </Button>
          <Button variant="default" onClick={() => go('/company/roles')}>
            {common('cancel')}
          </Button>
        </Group>
      </Stack>
      {role && asked && (
        <SaveRole
          role={role}
          name={asked.name}
          grants={grants}
          onSaved={() => go('/company/roles')}
          onClose={() => setAsked(null)}
        />
      )}
    </form>
  );
}

interface GrantBoxProps {
  readonly grant: Grant;
  /** All that the role grants. */
  readonly grants: readonly Grant[];
  readonly catalogue: Catalogue;
  onChange(granted: boolean): void;
}

/** One box of the grid: fixed where another one implies it (PER-02, PER-04), or where who edits lacks it (PER-13). */
function GrantBox({ grant, grants, catalogue, onChange }: GrantBoxProps) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const own = useAccount().company?.viewerPermissions ?? [];
  const implied = impliedBy(catalogue, grants, grant);
  const granted = holds(grants, grant);
  const lacking = !holds(own, grant);
  const why = implied
    ? t('grid.impliedBy', { permission: t(`permission.${implied.permission}`) })
    : lacking
      ? t('grid.lacking')
      : undefined;
  return (
    <Checkbox
      checked={granted || implied !== undefined}
      disabled={implied !== undefined || (lacking && !granted)}
      aria-label={t('grid.cell', {
        service: common(`service.${grant.service}`),
        permission: t(`permission.${grant.permission}`),
      })}
      description={why}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
