import { Alert, Anchor, Button, Group, List, Modal, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ExplainMemberQuery, MemberFieldsFragment } from '../../../graphql/graphql.ts';
import { useData } from '../../data/use-data.tsx';
import { type Grant, sameGrant } from '../access/grants.ts';
import { PermissionGrid } from '../access/permission-grid.tsx';
import { ExplainMember } from './operations.ts';
import { RoleChange, type RoleChangeOf } from './role-change.tsx';
import classes from './why.module.css';

type Explanation = ExplainMemberQuery['explainPermissions'][number];

interface WhyProps {
  readonly member: MemberFieldsFragment;
  /** Whether the reader may give the roles that would help. */
  readonly administrator: boolean;
}

/** What a member may do with each service; each cell tells why, or why not (PER-14). */
export function Why({ member, administrator }: WhyProps) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const { data, instead } = useData(ExplainMember, { memberId: member.id });
  const [asked, setAsked] = useState<Grant | null>(null);
  const [change, setChange] = useState<RoleChangeOf | null>(null);
  if (!data) return instead;
  const at = (grant: Grant) => data.explainPermissions.find((cell) => sameGrant(cell, grant));
  const explained = asked && at(asked);
  return (
    <>
      <PermissionGrid
        label={t('why.title', { name: member.name })}
        cell={(grant) => {
          const allowed = at(grant)?.allowed ?? false;
          const names = {
            service: common(`service.${grant.service}`),
            permission: t(`permission.${grant.permission}`),
          };
          return (
            <UnstyledButton
              className={classes['cell'] ?? ''}
              data-allowed={allowed}
              aria-label={allowed ? t('why.may', names) : t('why.mayNot', names)}
              onClick={() => setAsked(grant)}
            >
              {allowed ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
              {allowed ? common('yes') : common('no')}
            </UnstyledButton>
          );
        }}
      />
      {explained && (
        <Modal
          opened
          onClose={() => setAsked(null)}
          title={t('why.question', {
            name: member.name,
            service: common(`service.${explained.service}`),
            permission: t(`permission.${explained.permission}`),
          })}
          closeButtonProps={{ 'aria-label': common('close') }}
        >
          <Answer
            explained={explained}
            {...(administrator && {
              onGive: (role) => {
                setAsked(null);
                setChange({ member, role, give: true });
              },
            })}
          />
        </Modal>
      )}
      {change && <RoleChange {...change} onClose={() => setChange(null)} />}
    </>
  );
}

interface AnswerProps {
  readonly explained: Explanation;
  /** Gives the member a role that would allow it; absent where the reader may not. */
  onGive?(role: { id: string; name: string }): void;
}

function Answer({ explained, onGive }: AnswerProps) {
  const { t } = useTranslation('members');
  const { allowed, message, roles, licenceIds, rolesThatWouldAllow, assignedAccountOnly } = explained;
  return (
    <Stack gap="sm">
      <Group gap="xs" wrap="nowrap" align="flex-start">
        {allowed ? <IconCheck size={20} aria-hidden /> : <IconX size={20} aria-hidden />}
        <Text size="sm" flex={1}>
          <strong>{allowed ? t('why.yes') : t('why.no')}</strong> {message}
        </Text>
      </Group>
      {roles.length > 0 && (
        <List size="sm" aria-label={t('why.through')}>
          {roles.map(({ id, name }) => (
            <List.Item key={id}>
              <Anchor component={Link} href={`/company/roles/${id}`}>
                {name}
              </Anchor>
            </List.Item>
          ))}
        </List>
      )}
      {licenceIds.length > 0 && (
        <Anchor component={Link} href="/company/licences" size="sm">
          {t('why.licences')}
        </Anchor>
      )}
      {rolesThatWouldAllow.length > 0 && (
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t('why.wouldAllow')}
          </Text>
          <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: 'none' }} aria-label={t('why.wouldAllow')}>
            {leastFirst(rolesThatWouldAllow).map((role) => (
              <Group key={role.id} component="li" justify="space-between" gap="xs">
                <Anchor component={Link} href={`/company/roles/${role.id}`} size="sm">
                  {role.name}
                </Anchor>
                {onGive && (
                  <Button size="compact-sm" variant="light" onClick={() => onGive(role)}>
                    {t('why.give', { role: role.name })}
                  </Button>
                )}
              </Group>
            ))}
          </Stack>
        </div>
      )}
      {!allowed && rolesThatWouldAllow.length === 0 && <Text size="sm">{t('why.noRole')}</Text>}
      {assignedAccountOnly && (
        <Alert role="note" title={t('why.backupTitle')}>
          {t('why.backup')}
        </Alert>
      )}
    </Stack>
  );
}

/** Roles that allow more than it takes come last. */
function leastFirst<Role extends { readonly builtIn?: string | null }>(roles: readonly Role[]): Role[] {
  return roles.toSorted((one, other) => Number(one.builtIn !== null) - Number(other.builtIn !== null));
}
