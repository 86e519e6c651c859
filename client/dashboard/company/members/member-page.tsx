import { Anchor, Badge, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { NotFound } from '../../app/failure.tsx';
import { Page } from '../../app/page.tsx';
import { useAccount } from '../../data/session.tsx';
import { useData } from '../../data/use-data.tsx';
import { Instant } from '../../parts/ago.tsx';
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

interface SectionProps {
  readonly title: string;
  readonly text?: string | undefined;
  readonly children: ReactNode;
}

function Section({ title, text, children }: SectionProps) {
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}

/** To the list that a page comes from. */
export function Back({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Anchor component={Link} href={href}>
      <Group component="span" gap={4} wrap="nowrap" display="inline-flex">
        <IconArrowLeft size={16} aria-hidden />
        {children}
      </Group>
    </Anchor>
  );
}
