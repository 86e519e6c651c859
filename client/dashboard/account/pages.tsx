import { lazy } from 'react';
import { Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';

const WebhookPages = lazy(() => import('../webhooks/pages.tsx'));

/** The pages below /account. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/account/webhooks/*?">
        <WebhookPages base="/account/webhooks" />
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}
