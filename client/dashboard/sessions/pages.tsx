import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Waiting } from '../app/app.tsx';
import { NotFound } from '../app/failure.tsx';
import { SessionList } from './session-list.tsx';

const SessionPage = lazy(() => import('./session-page.tsx'));

/** Support sessions: those that run, those that were, and each by itself. */
export default function Pages() {
  return (
    <Suspense fallback={<Waiting />}>
      <Switch>
        <Route path="/sessions" component={SessionList} />
        <Route path="/sessions/:id">{({ id }) => <SessionPage key={id} id={id} />}</Route>
        <Route component={NotFound} />
      </Switch>
    </Suspense>
  );
}
