import { AlertsOfDevice } from '../alerts/alerts.tsx';
import type { ShownDevice } from './device.ts';

/** The alerts and threats of a device, as far as one's permissions show them (PER-04 … PER-06). */
export default function Alerts({ device }: { device: ShownDevice }) {
  return <AlertsOfDevice deviceId={device.id} />;
}
