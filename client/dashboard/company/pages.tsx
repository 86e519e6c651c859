import { lazy } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';
import { useAccount } from '../data/session.tsx';

const AuditPage = lazy(() => import('./audit/audit-page.tsx'));
const CreateCompanyPage = lazy(() => import('./overview/create-company.tsx'));
const EnrolmentPage = lazy(() => import('./enrolment/enrolment-page.tsx'));
const GroupPage = lazy(() => import('./groups/group-page.tsx'));
const GroupsPage = lazy(() => import('./groups/groups-page.tsx'));
const LicencesPage = lazy(() => import('./licences/licences-page.tsx'));
const MemberPage = lazy(() => import('./members/member-page.tsx'));
const MembersPage = lazy(() => import('./members/members-page.tsx'));
const OverviewPage = lazy(() => import('./overview/overview-page.tsx'));
const RolePage = lazy(() => import('./roles/role-page.tsx'));
const RolesPage = lazy(() => import('./roles/roles-page.tsx'));
const SettingsPage = lazy(() => import('./settings/settings-page.tsx'));
const WebhookPages = lazy(() => import('../webhooks/pages.tsx'));

/** The pages below /company. Without a company there is only the first: it makes one. */
export default function Pages() {
  const { company } = useAccount();
  if (!company) {
    return (
      <Switch>
        <Route path="/company" component={CreateCompanyPage} />
        <Route>
          <Redirect to="/company" replace />
        </Route>
      </Switch>
    );
  }
  return (
    <Switch>
      <Route path="/company" component={OverviewPage} />
      <Route path="/company/members" component={MembersPage} />
      <Route path="/company/members/:id">{({ id }) => <MemberPage key={id} id={id} />}</Route>
      <Route path="/company/roles" component={RolesPage} />
      <Route path="/company/roles/new">
        <RolePage />
      </Route>
      <Route path="/company/roles/:id">{({ id }) => <RolePage key={id} id={id} />}</Route>
      <Route path="/company/licences" component={LicencesPage} />
      <Route path="/company/groups" component={GroupsPage} />
      <Route path="/company/groups/:id">{({ id }) => <GroupPage key={id} id={id} />}</Route>
      <Route path="/company/enrolment" component={EnrolmentPage} />
      <Route path="/company/audit" component={AuditPage} />
      {company.viewerIsAdministrator && (
        <Route path="/company/webhooks/*?">
          <WebhookPages base="/company/webhooks" companyId={company.id} />
        </Route>
      )}
      <Route path="/company/settings" component={SettingsPage} />
      <Route component={NotFound} />
    </Switch>
  );
}
