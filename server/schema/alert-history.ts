import { type AlertDay as AlertDayRow, alertHistory, HISTORY_MOST_DAYS } from '../domain/alert-history.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { ServiceEnum } from './roles.ts';

/** Days of a history where nothing is said: a month. */
const DEFAULT_DAYS = 30;

const AlertDay = builder.objectRef<AlertDayRow>('AlertDay').implement({
  description: 'How many alerts and threats were raised first on one day, by the severity that was told last.',
  fields: (t) => ({
    date: t.exposeString('date', { description: 'The day, in UTC: `2026-11-20`.' }),
    raised: t.int({
      description: 'All together.',
      resolve: ({ bySeverity }) => bySeverity.INFORMATION + bySeverity.WARNING + bySeverity.CRITICAL,
    }),
    information: t.int({ description: 'Those good to know.', resolve: ({ bySeverity }) => bySeverity.INFORMATION }),
    warning: t.int({ description: 'Those to be looked at.', resolve: ({ bySeverity }) => bySeverity.WARNING }),
    critical: t.int({
      description: 'Those to be dealt with at once.',
      resolve: ({ bySeverity }) => bySeverity.CRITICAL,
    }),
  }),
});

builder.objectField(Company, 'alertHistory', (t) =>
  t.field({
    type: [AlertDay],
    description:
      'How many alerts and threats were raised on each of the last days, the oldest first, today and days without any ' +
      'among them: as many as one’s permissions show.',
    args: {
      days: t.arg.int({
        defaultValue: DEFAULT_DAYS,
        description: `How many days, 1 to ${HISTORY_MOST_DAYS}.`,
      }),
      service: t.arg({ type: ServiceEnum, required: false, description: 'Only those of this service.' }),
    },
    resolve: ({ id }, { days, service }, ctx) => alertHistory(ctx, id, { days: days ?? DEFAULT_DAYS, service }),
  }),
);
