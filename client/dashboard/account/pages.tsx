import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';

const ProfilePage = lazy(() => import('./profile.tsx'));
const SecurityPage = lazy(() => import('./security.tsx'));
const TokensPage = lazy(() => import('./tokens.tsx'));
const WebhookPages = lazy(() => import('../webhooks/pages.tsx'));

/** The pages below /account. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/account">
        <Redirect to="/account/profile" replace />
      </Route>
      <Route path="/account/profile" component={ProfilePage} />
      <Route path="/account/security" component={SecurityPage} />
      <Route path="/account/tokens" component={TokensPage} />
      <Route path="/account/webhooks/*?">
        <WebhookPages base="/account/webhooks" />
      </Route>
      <Route component={NotFound} />
    </Switch>
  );
}
