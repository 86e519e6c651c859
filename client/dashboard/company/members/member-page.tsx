import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { Instant } from '../../parts/ago.tsx';
import { Back } from '../../parts/back.tsx';
import { Section } from '../../parts/section.tsx';
import { MemberRoles, RoleBadges } from './member-roles.tsx';
import { MemberById, RolesToGive } from './operations.ts';
import { RemoveMemberButton } from './remove-member.tsx';
import { Why } from './why.tsx';

/** One member: their roles, what they may do and why, and the end of their membership. */
export default function MemberPage({ id }: { id: string }) {
  const { t } = useTranslation('members');
  const { t: common } = useTranslation();
  const administrator = useAccount().company?.viewerIsAdministrator ?? false;
  const { data, instead } = useData(MemberById, { id });
  const roles = useData(RolesToGive, {});
  if (!data) return instead;
  const member = data.node;
  if (member?.__typename !== 'Member') return <NotFound />;
  return (
    <Page
      title={member.name}
      lead={
        <Group component="span" gap="xs">
          <Back href="/company/members">{t('title')}</Back>
          <span>{member.email}</span>
          <span>
            {t('joined')} <Instant at={member.joinedAt} dateOnly />
          </span>
          {member.isViewer && (
            <Badge component="span" variant="outline" tt="none">
              {common('you')}
            </Badge>
          )}
        </Group>
      }
    >
      <Section title={t('roles')} text={administrator ? t('rolesText') : undefined}>
        {administrator ? (
          roles.data ? (
            <MemberRoles member={member} roles={roles.data.viewer.account?.company?.roles ?? []} />
          ) : (
            roles.instead
          )
        ) : (
          <RoleBadges roles={member.roles} />
        )}
      </Section>
      {(administrator || member.isViewer) && (
        <Section title={t('why.title', { name: member.name })} text={t('why.lead')}>
          <Why member={member} administrator={administrator} />
        </Section>
      )}
      {administrator && !member.isViewer && (
        <Section title={t('remove.heading')} text={t('remove.lead')}>
          <div>
            <RemoveMemberButton member={member} />
          </div>
        </Section>
      )}
    </Page>
  );
}
