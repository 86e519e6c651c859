import type { Service } from '../../graphql/graphql.ts';
import { Alerts } from '../alerts/alerts.tsx';
import { ServicePage } from './service-page.tsx';

/** The alerts and threats of one service. */
export default function ServiceAlerts({ service }: { service: Service }) {
  return (
    <ServicePage service={service}>
      <Alerts service={service} />
    </ServicePage>
  );
}
