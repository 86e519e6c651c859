import type { EventRow } from '../db/tables/events.ts';
import type { AlertChange } from '../domain/alert-changes.ts';
import { alertCursor, followAlerts } from '../domain/alert-events.ts';
import { getAlert } from '../domain/alerts.ts';
import { Alert } from './alerts.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { describedEnum } from './enums.ts';
import { Event, fresh, unlessHidden } from './events.ts';
import { idOf } from './node.ts';

const AlertChangeEnum = describedEnum<AlertChange>('AlertChange', 'What happened to an alert or threat.', {
  RAISED: 'A device raised it: show it.',
  REPEATED: 'It was raised again, and counted.',
  REOPENED: 'It has become more severe after it was acknowledged.',
  ACKNOWLEDGED: 'Somebody said that they know.',
  RESOLVED: 'It is over.',
});

builder.objectRef<EventRow>('AlertEvent').implement({
  description: 'An alert or threat was raised, acknowledged or resolved. Told to who may see it.',
  interfaces: [Event],
  fields: (t) => ({
    change: t.field({
      type: AlertChangeEnum,
      description: 'What happened to it.',
      resolve: (event) => event.change as AlertChange,
    }),
    alert: t.field({
      type: Alert,
      nullable: true,
      description: 'The alert as it is now; null where the reader may not see it any more.',
      resolve: (event, _args, ctx) => unlessHidden(getAlert(ctx, event.subject)),
    }),
  }),
});

builder.subscriptionField('alertEvents', (t) =>
  t.field({
    type: Event,
    description:
      'What happens to the alerts and threats of a company, as far as one’s permissions show them at that moment. It ' +
      'ends with FORBIDDEN where no permission for alerts is left.',
    args: {
      companyId: t.arg.id({ required: true, description: 'The company.' }),
      after: t.arg({
        type: 'Cursor',
        required: false,
        description: 'Replay all that followed this cursor first: `alertEventCursor`, or that of the last event seen.',
      }),
    },
    subscribe: (_root, { companyId, after }, ctx) => followAlerts(ctx, idOf(companyId, 'companyId', 'Company'), after),
    resolve: (event, _args, ctx) => fresh(ctx, event),
  }),
);

builder.objectField(Company, 'alertEventCursor', (t) =>
  t.field({
    type: 'Cursor',
    nullable: true,
    description: 'Subscribe to `alertEvents` after it to miss nothing; null where one’s permissions show no alert.',
    resolve: ({ id }, _args, ctx) => alertCursor(ctx, id),
  }),
);
