import { useCallback, useEffect, useMemo, useState } from 'react';
import { Route, Switch } from 'wouter';
import { createBeckonClient } from '../../api/client.ts';
import { isAuthenticationLost } from '../../api/errors.ts';
import { NotFound } from '../app/failure.tsx';
import { presentLanguage } from '../app/words.ts';
import { exchanges } from '../data/cache.ts';
import { OtherSession } from '../data/session.tsx';
import { AuditPage } from './audit-page.tsx';
import { Frame } from './frame.tsx';
import { LicencesPage } from './licences-page.tsx';
import { TokenKind } from './operations.ts';
import { OperatorSignIn } from './sign-in.tsx';
import { forgetToken, keepToken, keptToken } from './token.ts';

/** The operator's console, below /operator: a client of its own with the operator's token, whoever is signed in. */
export default function OperatorPages() {
  const [token, setToken] = useState(keptToken);
  const [refused, setRefused] = useState(false);
  const signOut = useCallback((wasRefused = false) => {
    forgetToken();
    setToken(null);
    setRefused(wasRefused);
  }, []);
  if (token === null) {
    return (
      <OperatorSignIn
        refused={refused}
        onToken={(entered) => {
          keepToken(entered);
          setToken(entered);
        }}
      />
    );
  }
  return <Console token={token} onSignOut={signOut} />;
}

function Console({ token, onSignOut }: { token: string; onSignOut(refused?: boolean): void }) {
  const beckon = useMemo(
    () => createBeckonClient({ url: window.location.origin, token, language: presentLanguage(), exchanges }),
    [token],
  );
  useEffect(() => () => beckon.close(), [beckon]);
  // A token that was kept may have been replaced since.
  useEffect(() => {
    beckon.query(TokenKind, {}).catch((error: unknown) => {
      if (isAuthenticationLost(error)) onSignOut(true);
    });
  }, [beckon, onSignOut]);
  return (
    <OtherSession beckon={beckon}>
      <Frame onSignOut={() => onSignOut()}>
        <Switch>
          <Route path="/operator" component={LicencesPage} />
          <Route path="/operator/audit">
            <AuditPage token={token} />
          </Route>
          <Route component={NotFound} />
        </Switch>
      </Frame>
    </OtherSession>
  );
}
