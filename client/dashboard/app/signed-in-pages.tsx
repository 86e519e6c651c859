import { Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Live } from '../data/live.tsx';
import { Waiting } from './app.tsx';
import { NotFound } from './failure.tsx';
import {
  AccountPages,
  AlertPages,
  CompanyPages,
  ContactPages,
  DevicePages,
  InvitePages,
  ServicePages,
  SessionPages,
} from './pages.ts';
import { Shell } from './shell.tsx';

/** All that someone who is signed in finds, in the frame of every page. */
export default function SignedInPages() {
  return (
    <Live>
      <Shell>
        <Suspense fallback={<Waiting />}>
          <Switch>
            <Route path="/" component={InvitePages} />
            <Route path="/sessions/*?" component={SessionPages} />
            <Route path="/contacts/*?" component={ContactPages} />
            <Route path="/devices/*?" component={DevicePages} />
            <Route path="/services/*?" component={ServicePages} />
            <Route path="/alerts/*?" component={AlertPages} />
            <Route path="/company/*?" component={CompanyPages} />
            <Route path="/account/*?" component={AccountPages} />
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </Shell>
    </Live>
  );
}
