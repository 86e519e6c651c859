import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useSession } from '../data/session.tsx';
import {
  ActivatePage,
  ForgotPasswordPage,
  GatePage,
  JoinPage,
  OperatorPages,
  ResetPasswordPage,
  SignInPage,
  SignUpPage,
  VerifyPage,
} from './pages.ts';
import SignedInPages from './signed-in-pages.tsx';

/** Which page stands at which address. Those named here are for everybody, all others for who is signed in. */
export function Routes() {
  return (
    <Switch>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/sign-up" component={SignUpPage} />
      <Route path="/verify" component={VerifyPage} />
      <Route path="/forgot-password" component={ForgotPasswordPage} />
      <Route path="/reset-password" component={ResetPasswordPage} />
      <Route path="/activate" component={ActivatePage} />
      <Route path="/join" component={JoinPage} />
      <Route path="/operator/*?" component={OperatorPages} />
      <Route>
        <SignedIn />
      </Route>
    </Switch>
  );
}

/** Who is not signed in is asked to, and comes back here. */
function SignedIn() {
  const { account, gate } = useSession();
  const [path] = useLocation();
  if (account) return <SignedInPages />;
  if (gate !== null) return <GatePage />;
  const next = path === '/' ? '' : `?next=${encodeURIComponent(path + window.location.search)}`;
  return <Redirect to={`/sign-in${next}`} replace />;
}
