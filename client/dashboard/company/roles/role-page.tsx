import { Alert, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoleFieldsFragment } from '../../../graphql/graphql.ts';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { Back } from '../../parts/back.tsx';
import { type Catalogue, holds, impliedBy } from '../access/grants.ts';
import { PermissionCatalogue } from '../access/operations.ts';
import { PermissionGrid, PermissionMeanings } from '../access/permission-grid.tsx';
import { DeleteRoleButton } from './delete-role.tsx';
import { Mark } from './mark.tsx';
import { Roles } from './operations.ts';
import { RoleEditor } from './role-editor.tsx';

/** One role: to be edited by administrators, to be read by the others. Without an id, a new one. */
export default function RolePage({ id }: { id?: string }) {
  const { t } = useTranslation('members');
  const administrator = useAccount().company?.viewerIsAdministrator ?? false;
  const [edits, setEdits] = useState(0);
  const roles = useData(Roles, {});
  const catalogue = useData(PermissionCatalogue, {});
  if (!roles.data) return roles.instead;
  if (!catalogue.data) return catalogue.instead;
  const { permissionCatalogue } = catalogue.data;
  const all = roles.data.viewer.account?.company?.roles ?? [];
  const role = all.find((one) => one.id === id);
  if (id ? !role : !administrator) return <NotFound />;
  const editable = administrator && !role?.builtIn;
  return (
    <Page
      title={role?.name ?? t('role.create')}
      lead={
        <Group component="span" gap="xs">
          <Back href="/company/roles">{t('role.title')}</Back>
          {role && <span>{t('role.heldBy', { count: role.memberCount })}</span>}
        </Group>
      }
      actions={editable && role && <DeleteRoleButton role={role} others={all.filter((one) => one !== role)} />}
    >
      {editable ? (
        <RoleEditor
          key={edits}
          role={role ?? null}
          catalogue={permissionCatalogue}
          onLoadAgain={() => setEdits(edits + 1)}
        />
      ) : (
        role && <RoleAsItIs role={role} catalogue={permissionCatalogue} />
      )}
      <PermissionMeanings catalogue={permissionCatalogue} />
    </Page>
  );
}

/** What a role grants, for who cannot change it. */
function RoleAsItIs({ role, catalogue }: { role: RoleFieldsFragment; catalogue: Catalogue }) {
  const { t } = useTranslation('members');
  const everything = role.builtIn === 'COMPANY_ADMINISTRATOR';
  return (
    <Stack>
      {role.builtIn && <Alert role="note">{everything ? t('role.everythingText') : t('role.nothingText')}</Alert>}
      <PermissionGrid
        label={t('role.grid', { role: role.name })}
        cell={(grant) => {
          const implied = impliedBy(catalogue, role.grants, grant);
          return <Mark held={everything || holds(role.grants, grant)} implied={implied} />;
        }}
      />
    </Stack>
  );
}
