/** The lists of alerts and threats. */
const alerts = {
  title: 'Alerts',
  lead: 'What your company’s devices found, live.',
  noCompany: 'Alerts come from a company’s devices',
  noCompanyText: 'Make a company, or ask to be invited to one.',
  toCompany: 'To your company',
  list: 'Alerts and threats',
  details: 'Alert',
  gone: 'It is not there any more, or your permissions do not show it.',
  acknowledge: 'Acknowledge',
  acknowledgeThis: 'Acknowledge: {{title}}',
  acknowledgeSelected_zero: 'Acknowledge selected',
  acknowledgeSelected_one: 'Acknowledge {{count}} selected',
  acknowledgeSelected_other: 'Acknowledge {{count}} selected',
  acknowledged_one: '{{count}} alert acknowledged',
  acknowledged_other: '{{count}} alerts acknowledged',
  select: 'Select: {{title}}, {{device}}',
  selectShown_one: 'Select the {{count}} open one shown',
  selectShown_other: 'Select all {{count}} open ones shown',
  count_one: '{{count}} alert or threat',
  count_other: '{{count}} alerts and threats',
  nothingOpen: 'Nothing is open',
  nothingOpenText: 'New alerts appear here by themselves.',
  nothingSo: 'No alert is like this',
  nothingSoText: 'Choose another filter.',
  times_one: '{{count}} time',
  times_other: '{{count}} times',
  byWhom: 'by {{name}}',
  deviceSays: 'What the device says',
  measured: 'Measured',
  value: 'Value',
  severity: { CRITICAL: 'Critical', WARNING: 'Warning', INFORMATION: 'Information' },
  state: { OPEN: 'Open', ACKNOWLEDGED: 'Acknowledged', RESOLVED: 'Resolved' },
  kind: { ALERT: 'Alert', THREAT: 'Threat' },
  column: { severity: 'Severity', alert: 'Alert', device: 'Device', state: 'State', last: 'Last raised' },
  filter: {
    anyState: 'All states',
    anySeverity: 'All severities',
    anyKind: 'Alerts and threats',
    anyService: 'All services',
    state: 'State',
    severity: 'Severity',
    kind: 'Kind',
    service: 'Service',
    ofDevice: 'Only those of {{name}}',
    allDevices: 'Show those of all devices',
  },
  history: {
    raised: 'Raised',
    repeated_one: 'Raised {{count}} time so far, the last time',
    repeated_other: 'Raised {{count}} times so far, the last time',
    acknowledged: 'Acknowledged by {{name}}',
    resolved: 'Over',
  },
  measurement: {
    percent: 'Measured share',
    thresholdPercent: 'Bound of the policy',
    freePercent: 'Free share',
    boundPercent: 'Bound of the policy',
    freeBytes: 'Free',
    updates: 'Pending updates',
    security: 'Security updates among them',
    milliseconds: 'Time of the answer',
    status: 'Status of the answer',
    daysLeft: 'Days left',
  },
  sight: {
    all: 'You see and acknowledge all alerts of {{services}}.',
    own: 'Of {{services}} you see and acknowledge those of devices that are assigned to you.',
    none: 'Your roles show you no alerts',
    noneText:
      'A company administrator can give you a role with “Handle own alerts”, for devices that are assigned to you, or “Handle all alerts”.',
  },
  chart: {
    title: 'Alerts over time',
    summary_one:
      '{{count}} raised in {{days}} days: {{critical}} critical, {{warning}} to be looked at, {{information}} for information.',
    summary_other:
      '{{count}} raised in {{days}} days: {{critical}} critical, {{warning}} to be looked at, {{information}} for information.',
    asTable: 'As a table',
    span: 'Span of time',
    days_one: '{{count}} day',
    days_other: '{{count}} days',
    day: 'Day (UTC)',
  },
} as const;
export default alerts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    alerts: typeof alerts;
  }
}
