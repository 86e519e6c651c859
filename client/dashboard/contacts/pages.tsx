import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';
import { Discovery } from './discovery.tsx';
import { Favourites } from './favourites.tsx';
import { Recent } from './recent.tsx';

const Books = lazy(() => import('./books.tsx'));

/** The pages below /contacts. */
export default function Pages() {
  return (
    <Switch>
      <Route path="/contacts">
        <Redirect to="/contacts/favourites" replace />
      </Route>
      <Route path="/contacts/favourites" component={Favourites} />
      <Route path="/contacts/recent" component={Recent} />
      <Route path="/contacts/discovery" component={Discovery} />
      <Route path="/contacts/books/:id?" component={Books} />
      <Route component={NotFound} />
    </Switch>
  );
}
