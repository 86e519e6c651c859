import { Route, Switch } from 'wouter';
import { NotFound } from '../app/failure.tsx';
import { WebhookList } from './webhook-list.tsx';
import { WebhookPage } from './webhook-page.tsx';

interface WebhookPagesProps {
  /** Where the pages stand, without a slash at the end: `/account/webhooks`. */
  readonly base: string;
  /** The company whose events are told, for its administrators; one's own account where absent. */
  readonly companyId?: string;
}

/** The list of webhooks and the page of each, for an account or for a company. */
export default function WebhookPages({ base, companyId }: WebhookPagesProps) {
  return (
    <Switch>
      <Route path={base}>
        <WebhookList base={base} companyId={companyId ?? null} />
      </Route>
      <Route path={`${base}/:id`}>{({ id }) => <WebhookPage id={id} base={base} />}</Route>
      <Route component={NotFound} />
    </Switch>
  );
}
