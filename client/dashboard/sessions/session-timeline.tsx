import { Card, Text, Timeline, Title } from '@mantine/core';
import { IconAdjustments, IconCheck, IconHandStop, IconPlayerPlay, IconPlayerStop, IconX } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { exactTime } from '../parts/ago.tsx';
import { peerName } from '../parts/peer.tsx';
import { usePermissionList, usePermissionSummary } from '../parts/permission-summary.tsx';
import { type Happening, happeningsOf, type ShownSession } from './history.ts';

const LOOKS: Readonly<Record<Happening['kind'], { icon: ComponentType<{ size?: number }>; color: string }>> = {
  STARTED: { icon: IconPlayerPlay, color: 'teal' },
  CHANGED: { icon: IconAdjustments, color: 'signal' },
  ASKED: { icon: IconHandStop, color: 'gray' },
  GRANTED: { icon: IconCheck, color: 'teal' },
  REFUSED: { icon: IconX, color: 'red' },
  LAPSED: { icon: IconX, color: 'gray' },
  ENDED: { icon: IconPlayerStop, color: 'gray' },
};

/** Mantine's have no room between two lines. */
const TITLES = { itemTitle: { lineHeight: 1.35 } };

/** What happened in a session, in order: every change of its permissions, every wish and its answer (INV-28, INV-29). */
export function SessionTimeline({ session }: { session: ShownSession }) {
  const { t, i18n } = useTranslation('sessions');
  const words = useWords(session);
  const happenings = happeningsOf(session);
  return (
    <Card component="section" withBorder padding="lg" aria-labelledby="timeline">
      <Title order={2} size="h4" id="timeline" mb="md">
        {t('timeline.title')}
      </Title>
      <Timeline bulletSize={26} lineWidth={2} active={happenings.length} role="list" styles={TITLES}>
        {happenings.map((happening) => {
          const { icon: Icon, color } = LOOKS[happening.kind];
          const { title, details } = words(happening);
          return (
            <Timeline.Item
              key={`${happening.kind} ${happening.at}`}
              bullet={<Icon size={14} aria-hidden />}
              color={color}
              title={title}
              role="listitem"
            >
              {details.map((detail) => (
                <Text key={detail} size="sm">
                  {detail}
                </Text>
              ))}
              <Text size="xs" c="dimmed">
                <time dateTime={happening.at}>{exactTime(happening.at, i18n.language)}</time>
              </Text>
            </Timeline.Item>
          );
        })}
      </Timeline>
    </Card>
  );
}

/** A happening in words: what, and with which permissions. */
function useWords({ guest }: ShownSession): (happening: Happening) => { title: string; details: string[] } {
  const { t } = useTranslation('sessions');
  const summary = usePermissionSummary();
  const list = usePermissionList();
  const name = peerName(guest);
  return (happening) => {
    switch (happening.kind) {
      case 'STARTED':
        return { title: t('timeline.STARTED'), details: [summary(happening.permissions)] };
      case 'CHANGED':
        return {
          title: t('timeline.CHANGED'),
          details: [
            ...(happening.added.length > 0 ? [t('timeline.added', { list: list(happening.added) })] : []),
            ...(happening.removed.length > 0 ? [t('timeline.removed', { list: list(happening.removed) })] : []),
          ],
        };
      case 'ENDED':
        return { title: t('timeline.ENDED'), details: [t(`reason.${happening.reason}`)] };
      default:
        return { title: t(`timeline.${happening.kind}`, { name }), details: [list(happening.permissions)] };
    }
  };
}
