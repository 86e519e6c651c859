import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './node.ts';
import './captcha.ts';
import './sign-in.ts';
import './accounts.ts';
import './devices.ts';
import './device-changes.ts';
import './device-groups.ts';
import './device-list.ts';
import './enrolment-codes.ts';
import './permissions.ts';
import './role-changes.ts';
import './permission-profiles.ts';
import './sessions.ts';
import './invitations.ts';
import './session-requests.ts';
import './email-invitations.ts';
import './invitation-history.ts';
import './session-request-history.ts';
import './session-history.ts';
import './favourites.ts';
import './recent-sessions.ts';
import './discovery.ts';
import './address-books.ts';
import './address-book-entries.ts';
import './licence-offers.ts';
import './licences.ts';
import './licence-changes.ts';
import './service-activations.ts';
import './service-states.ts';
import './service-overview.ts';
import './policy-form.ts';
import './policies.ts';
import './policy-changes.ts';
import './effective-policies.ts';
import './backups.ts';
import './restores.ts';
import './events.ts';
import './policy-events.ts';
import './audit.ts';
import './alerts.ts';
import './webhooks.ts';
import './viewer.ts';

/** Builds the schema. Needs no environment, opens nothing, writes nothing. */
export function buildSchema(): GraphQLSchema {
  return builder.toSchema({ sortSchema: true });
}
