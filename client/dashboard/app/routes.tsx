import { Suspense } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Live } from '../data/live.tsx';
import { useSession } from '../data/session.tsx';
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
  SignInPage,
} from './pages.ts';
import { Shell } from './shell.tsx';

/** Which page stands at which address. Those of the first part are for everybody, the others for who is signed in. */
export function Routes() {
  return (
    <Switch>
      <Route path="/sign-in" component={SignInPage} />
      <Route>
        <SignedIn />
      </Route>
    </Switch>
  );
}

function SignedIn() {
  const { account } = useSession();
  const [path] = useLocation();
  if (!account) {
    const next = path === '/' ? '' : `?next=${encodeURIComponent(path + window.location.search)}`;
    return <Redirect to={`/sign-in${next}`} replace />;
  }
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
