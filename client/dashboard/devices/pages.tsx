import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';
import { DeviceList } from './device-list.tsx';

const DevicePage = lazy(() => import('./device-page.tsx'));

/** The pages below /devices. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/devices" component={DeviceList} />
      <Route path="/devices/:id/:tab?" component={DevicePage} />
      <Route component={NotFound} />
    </Switch>
  );
}
