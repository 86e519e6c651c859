import type { AlertMeasurement, Alert as AlertRow, AlertSeverity, AlertState } from '../db/tables/alerts.ts';
import {
  acknowledgeAlerts,
  MOST_ACKNOWLEDGED,
  MOST_MEASUREMENTS,
  raiseAlert,
  resolveAlert,
} from '../domain/alert-changes.ts';
import { type AlertMails, getAlertMails, setAlertMails } from '../domain/alert-mails.ts';
import { alertTitle } from '../domain/alert-titles.ts';
import { getAlert, listCompanyAlerts, listDeviceAlerts } from '../domain/alerts.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { type ArgBuilder, connectionOf, pageArgs } from './connection.ts';
import { Device } from './devices.ts';
import { describedEnum } from './enums.ts';
import { mutation } from './mutation.ts';
import { idOf, Node, optionalIdOf, readableById } from './node.ts';
import { Person } from './persons.ts';
import { ServiceEnum } from './roles.ts';

const AlertStateEnum = describedEnum<AlertState>('AlertState', 'Where an alert or threat stands (SVC-10).', {
  OPEN: 'Its condition holds, and nobody has said that they know.',
  ACKNOWLEDGED: 'Somebody knows. It is counted on, and opens again only where it becomes more severe.',
  RESOLVED: 'The device said that the condition is over, or the service is not on it any more.',
});

const AlertKindEnum = describedEnum<AlertRow['kind']>('AlertKind', 'What kind of thing a device has found.', {
  ALERT: 'A measurement beyond what the policy allows.',
  THREAT: 'Malware, or what looks like it.',
});

const AlertSeverityEnum = describedEnum<AlertSeverity>('AlertSeverity', 'How much an alert matters.', {
  INFORMATION: 'Good to know.',
  WARNING: 'To be looked at.',
  CRITICAL: 'To be dealt with now.',
});

const Measurement = builder.objectRef<AlertMeasurement>('AlertMeasurement').implement({
  description: 'One value that an alert is about.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What was measured, such as `load`.' }),
    value: t.exposeFloat('value', { description: 'The value.' }),
    unit: t.string({ nullable: true, description: 'Its unit; null for none.', resolve: ({ unit }) => unit ?? null }),
  }),
});

export const Alert = builder.objectRef<AlertRow>('Alert').implement({
  description:
    'An alert or a threat that a device raised under the policy in force (SVC-10). Shown to who may handle the ' +
    'service’s alerts: all, or those of devices that they are signed in on (PER-04 … PER-06).',
  interfaces: [Node],
  fields: (t) => ({
    device: t.field({
      type: Device,
      description: 'The device that raised it.',
      resolve: ({ deviceId }, _args, { loaders }) => loaders.device.load(deviceId),
    }),
    service: t.expose('service', { type: ServiceEnum, description: 'The service that found it.' }),
    kind: t.expose('kind', { type: AlertKindEnum, description: 'An alert or a threat.' }),
    severity: t.expose('severity', { type: AlertSeverityEnum, description: 'How much it matters, as told last.' }),
    subject: t.exposeString('subject', {
      description: 'What it is about, such as `CPU_LOAD`: the same raised again is counted, not repeated.',
    }),
    title: t.string({
      description:
        'What it is in a few words, in the language of the account, else of the request; for subjects that Beckon’s agent does not raise, ' +
        'what the device says.',
      resolve: (alert, _args, ctx) => alertTitle(ctx.request.language, alert) ?? alert.message,
    }),
    message: t.exposeString('message', {
      description: 'What the device says of it, in its own language, as told last.',
    }),
    measurements: t.field({
      type: [Measurement],
      description: 'What was measured, as told last.',
      resolve: ({ measurements }) => measurements ?? [],
    }),
    state: t.expose('state', { type: AlertStateEnum, description: 'Where it stands.' }),
    occurrences: t.exposeInt('occurrences', { description: 'How many times it was raised while it was not resolved.' }),
    raisedAt: t.expose('raisedAt', { type: 'DateTime', description: 'When it was raised first.' }),
    lastRaisedAt: t.expose('lastRaisedAt', { type: 'DateTime', description: 'When it was raised last.' }),
    acknowledgedBy: t.field({
      type: Person,
      nullable: true,
      description: 'Who acknowledged it; null where nobody has.',
      resolve: ({ acknowledgedBy }, _args, { loaders }) =>
        acknowledgedBy === null ? null : loaders.account.load(acknowledgedBy),
    }),
    acknowledgedAt: t.expose('acknowledgedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was acknowledged; null where nobody has.',
    }),
    resolvedAt: t.expose('resolvedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was over; null while it is not.',
    }),
  }),
});

readableById('Alert', getAlert);

const AlertConnection = connectionOf('Alert', Alert, 'alerts and threats');

const alertArgs = (t: ArgBuilder) => ({
  ...pageArgs(t),
  service: t({ type: ServiceEnum, required: false, description: 'Only of this service.' }),
  state: t({ type: AlertStateEnum, required: false, description: 'Only those that stand so.' }),
  kind: t({ type: AlertKindEnum, required: false, description: 'Only alerts, or only threats.' }),
  severity: t({ type: AlertSeverityEnum, required: false, description: 'Only those that matter so much.' }),
});

builder.objectField(Company, 'alerts', (t) =>
  t.field({
    type: AlertConnection,
    description: 'Alerts and threats of its devices, those raised last first: as many as one’s permissions show.',
    args: {
      ...alertArgs(t.arg),
      deviceId: t.arg.id({ required: false, description: 'Only those of this device.' }),
    },
    resolve: ({ id }, { deviceId, ...args }, ctx) =>
      listCompanyAlerts(ctx, id, { ...args, deviceId: optionalIdOf(deviceId, 'deviceId', 'Device') }),
  }),
);

builder.objectField(Device, 'alerts', (t) =>
  t.field({
    type: AlertConnection,
    description: 'Its alerts and threats, those raised last first: as many as one’s permissions show; to itself all.',
    args: alertArgs(t.arg),
    resolve: ({ id }, args, ctx) => listDeviceAlerts(ctx, id, args),
  }),
);

const AlertMeasurementInput = builder.inputType('AlertMeasurementInput', {
  description: 'One value that an alert is about.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What was measured, 1 to 60 characters.' }),
    value: t.float({ required: true, description: 'The value.' }),
    unit: t.string({ required: false, description: 'Its unit, at most 20 characters.' }),
  }),
});

mutation('raiseAlert', {
  description:
    'Raises an alert or a threat, by the device itself, for a service that is on it. Raised again while it is not ' +
    'resolved, it is counted; one that was acknowledged opens again where it has become more severe. Members who may ' +
    'see it are told at once. At most 60 a minute.',
  input: (t) => ({
    service: t.field({ type: ServiceEnum, required: true, description: 'The service that found it.' }),
    subject: t.string({
      required: true,
      description: 'What it is about, such as `DISK_SPACE:/`, 1 to 200 characters: makes two alerts the same.',
    }),
    severity: t.field({ type: AlertSeverityEnum, required: true, description: 'How much it matters.' }),
    kind: t.field({ type: AlertKindEnum, required: true, description: 'An alert or a threat.' }),
    message: t.string({ required: true, description: 'One sentence about it, 1 to 500 characters.' }),
    measurements: t.field({
      type: [AlertMeasurementInput],
      required: false,
      description: `What was measured, at most ${MOST_MEASUREMENTS} values.`,
    }),
  }),
  run: async (ctx, input) => ({ alert: await raiseAlert(ctx, input) }),
  payload: (t) => ({
    alert: t.field({
      type: Alert,
      description: 'The alert, with how often it was raised.',
      resolve: ({ alert }) => alert,
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('resolveAlert', {
  description: 'Says that the condition of an alert is over, by the device itself. May be repeated.',
  input: (t) => ({
    service: t.field({ type: ServiceEnum, required: true, description: 'The service that raised it.' }),
    subject: t.string({ required: true, description: 'What it was about.' }),
  }),
  run: async (ctx, input) => ({ alert: await resolveAlert(ctx, input) }),
  payload: (t) => ({
    alert: t.field({
      type: Alert,
      nullable: true,
      description: 'The alert, resolved; null where there was none to resolve.',
      resolve: ({ alert }) => alert,
    }),
  }),
  refusals: ['InvalidInput'],
});

mutation('acknowledgeAlerts', {
  description:
    'Says that one knows of alerts and threats, all of them or none: those that one’s permissions show. What was ' +
    'acknowledged before, or is resolved, stays as it is.',
  input: (t) => ({
    ids: t.idList({ required: true, description: `The alerts, 1 to ${MOST_ACKNOWLEDGED}.` }),
  }),
  run: async (ctx, input) => {
    const ids = input.ids.map((id) => idOf(id, 'ids', 'Alert'));
    return { alerts: await acknowledgeAlerts(ctx, { ...input, ids }) };
  },
  payload: (t) => ({
    alerts: t.field({ type: [Alert], description: 'The alerts, in the order given.', resolve: ({ alerts }) => alerts }),
  }),
  refusals: ['InvalidInput'],
});

const AlertMailsEnum = describedEnum<AlertMails>(
  'AlertMails',
  'Which alerts and threats somebody is told of by mail.',
  {
    NONE: 'No mail about any of them.',
    OWN: 'Those of devices that they are signed in on, where their permissions show them.',
    ALL: 'All that their permissions show.',
  },
);

builder.objectField(Account, 'alertMails', (t) =>
  t.field({
    type: AlertMailsEnum,
    description: 'Which alerts it is told of by mail: the first at once, what follows within 15 minutes together.',
    resolve: ({ id }, _args, ctx) => getAlertMails(ctx, id),
  }),
);

mutation('setAlertMails', {
  description: 'Says which alerts and threats one wishes to be told of by mail, in the language of the account.',
  input: (t) => ({ wish: t.field({ type: AlertMailsEnum, required: true, description: 'Which ones.' }) }),
  run: async (ctx, input) => ({ wish: await setAlertMails(ctx, input) }),
  payload: (t) => ({ alertMails: t.expose('wish', { type: AlertMailsEnum, description: 'Which ones, from now on.' }) }),
  refusals: [],
});
