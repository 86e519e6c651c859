import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';
import { useAccount } from '../data/session.tsx';

const MembersPage = lazy(() => import('./members/members-page.tsx'));
const MemberPage = lazy(() => import('./members/member-page.tsx'));
const RolesPage = lazy(() => import('./roles/roles-page.tsx'));
const AuditPage = lazy(() => import('./audit/audit-page.tsx'));
const RolePage = lazy(() => import('./roles/role-page.tsx'));

/** The pages below /company. Without a company there is only the first: it makes one. */
export default function Pages() {
  const { company } = useAccount();
  return (
    <Switch>
      {company === null && (
        <Route>
          <Redirect to="/company" replace />
        </Route>
      )}
      <Route path="/company/members" component={MembersPage} />
      <Route path="/company/members/:id">{({ id }) => <MemberPage key={id} id={id} />}</Route>
      <Route path="/company/roles" component={RolesPage} />
      <Route path="/company/roles/new">
        <RolePage />
      </Route>
      <Route path="/company/roles/:id">{({ id }) => <RolePage key={id} id={id} />}</Route>
      <Route path="/company/audit" component={AuditPage} />
      <Route component={NotFound} />
    </Switch>
  );
}
