import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession } from '../data/session.tsx';
import { SignInPage } from './pages.ts';
import SignedInPages from './signed-in-pages.tsx';

/** Which page stands at which address. Those named here are for everybody, all others for who is signed in. */
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

/** Who is not signed in is asked to, and comes back here. */
function SignedIn() {
  const { account } = useSession();
  const [path] = useLocation();
  if (account) return <SignedInPages />;
  const next = path === '/' ? '' : `?next=${encodeURIComponent(path + window.location.search)}`;
  return <Redirect to={`/sign-in${next}`} replace />;
}
