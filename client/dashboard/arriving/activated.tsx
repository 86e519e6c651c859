import { Button, Card, Group, Modal, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCircleCheck, IconDevices, IconHeartbeat } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import type { Service } from '../../graphql/graphql.ts';
import { servicePath } from '../app/services.ts';
import { useData } from '../data/use-data.tsx';
import { OfferCard } from './offer-card.tsx';
import { ActivatedLicence } from './operations.ts';

/** The pop-up after an activation: that the licence is active, and what comes next (LIC-10). */
export default function Activated() {
  const [parameters, setParameters] = useSearchParams();
  const id = parameters.get('activated');
  const close = (): void => {
    setParameters(
      (before) => {
        before.delete('activated');
        return before;
      },
      { replace: true },
    );
  };
  return id === null ? null : <Popup id={id} onClose={close} />;
}

function Popup({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation('arriving');
  const { t: common } = useTranslation();
  const { data } = useData(ActivatedLicence, { id });
  if (data?.node?.__typename !== 'Licence') return null;
  const licence = data.node;
  const service = common(`service.${licence.product}`);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      centered
      title={
        <Group gap="xs" wrap="nowrap">
          <IconCircleCheck size={26} color="var(--mantine-color-teal-text)" aria-hidden />
          <Text span fw={650} size="lg">
            {t('activated.title')}
          </Text>
        </Group>
      }
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      <Stack>
        <OfferCard offer={licence} />
        <Text>{t('activated.text', { service })}</Text>
        <Title order={3} size="h5">
          {t('activated.next')}
        </Title>
        <Next
          step={1}
          icon={IconDevices}
          title={t('activated.enrol')}
          text={t('activated.enrolText')}
          href="/company/enrolment"
        />
        <Next
          step={2}
          icon={IconHeartbeat}
          title={t('activated.service')}
          text={t('activated.serviceText')}
          href={pathOf(licence.product)}
        />
        <Button variant="subtle" onClick={onClose}>
          {t('activated.later')}
        </Button>
      </Stack>
    </Modal>
  );
}

const pathOf = (product: Service): string => servicePath(product);

interface NextProps {
  readonly step: number;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  readonly text: string;
  readonly href: string;
}

function Next({ step, icon: Icon, title, text, href }: NextProps) {
  return (
    <Card withBorder padding="sm">
      <Group wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" radius="xl" size={36} aria-hidden>
          <Icon size={20} stroke={1.6} />
        </ThemeIcon>
        <Stack gap={4} flex={1} align="flex-start">
          <Text size="sm">{text}</Text>
          <Button component={Link} href={href} size="compact-md" variant={step === 1 ? 'filled' : 'light'}>
            {title}
          </Button>
        </Stack>
      </Group>
    </Card>
  );
}
