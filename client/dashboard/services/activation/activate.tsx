import { Alert, Stepper, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useSearchParams } from 'wouter';
import type { ActivateServiceMutation, Service } from '../../../graphql/graphql.ts';
import { useData } from '../../data/use-data.tsx';
import { NotBought } from '../all-services.tsx';
import { DeviceNames, OneService } from '../operations.ts';
import { ServicePage } from '../service-page.tsx';
import { ChooseDevices } from './choose-devices.tsx';
import { ChoosePolicy } from './choose-policy.tsx';
import { Preview } from './preview.tsx';
import { Progress } from './progress.tsx';

type Payload = Extract<ActivateServiceMutation['activateService'], { outcomes: unknown }>;
export type Outcome = Payload['outcomes'][number];

/** Devices that were chosen, by their ids: their names are told again in each step. */
export type Chosen = ReadonlyMap<string, string>;

/** Puts a service on devices, in the steps of the article: devices, a preview, one policy, and how it goes (SVC-03 … SVC-08). */
export default function Activate({ service }: { service: Service }) {
  const { t } = useTranslation('services');
  const { data, instead } = useData(OneService, { service });
  const overview = data?.viewer.account?.company?.serviceOverview;
  if (!overview) return <ServicePage service={service}>{instead}</ServicePage>;
  return (
    <ServicePage service={service}>
      {overview.viewerCanActivate ? (
        <Steps service={service} seatsLeft={overview.seats - overview.seatsUsed} />
      ) : overview.bought ? (
        <Alert icon={<IconInfoCircle />}>{t('overview.notYours')}</Alert>
      ) : (
        <NotBought overview={overview} />
      )}
    </ServicePage>
  );
}

/** The device that the address names, where one came here to try it again. */
function usePreset(): Chosen {
  const [parameters] = useSearchParams();
  const id = parameters.get('device');
  const [{ data }] = useQuery({ query: DeviceNames, variables: { ids: id ? [id] : [] }, pause: id === null });
  const device = data?.nodes[0];
  return useMemo(() => new Map(device?.__typename === 'Device' ? [[device.id, device.name]] : []), [device]);
}

const DEVICES = 0;
const PREVIEW = 1;
const POLICY = 2;
const RUNNING = 3;

function Steps({ service, seatsLeft }: { service: Service; seatsLeft: number }) {
  const { t } = useTranslation('services');
  const preset = usePreset();
  const [step, setStep] = useState(DEVICES);
  const [picked, setChosen] = useState<Chosen | null>(null);
  const chosen = picked ?? preset;
  const [ready, setReady] = useState<Chosen>(new Map());
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const titles = [t('activate.devices'), t('activate.preview'), t('activate.policy'), t('activate.running')];
  return (
    <>
      <Stepper active={step} size="sm" allowNextStepsSelect={false} aria-label={t('activateService')}>
        {titles.map((title) => (
          <Stepper.Step key={title} label={title} component="div" />
        ))}
      </Stepper>
      {service === 'BACKUP' && step < RUNNING && (
        <Alert icon={<IconInfoCircle />}>
          <Text size="sm">{t('backupRule')}</Text>
        </Alert>
      )}
      {step === DEVICES && (
        <ChooseDevices
          service={service}
          seatsLeft={seatsLeft}
          chosen={chosen}
          onChoose={setChosen}
          onNext={() => setStep(PREVIEW)}
        />
      )}
      {step === PREVIEW && (
        <Preview
          service={service}
          chosen={chosen}
          onBack={() => setStep(DEVICES)}
          onNext={(possible) => {
            setReady(possible);
            setStep(POLICY);
          }}
        />
      )}
      {step === POLICY && (
        <ChoosePolicy
          service={service}
          devices={ready}
          onBack={() => setStep(PREVIEW)}
          onDone={(done) => {
            setOutcomes(done);
            setStep(RUNNING);
          }}
        />
      )}
      {step === RUNNING && (
        <Progress
          service={service}
          devices={ready}
          outcomes={outcomes}
          onAgain={() => {
            setChosen(new Map());
            setStep(DEVICES);
          }}
        />
      )}
    </>
  );
}
