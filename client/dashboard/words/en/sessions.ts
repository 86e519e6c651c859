/** Support sessions: those that run, those that were, and each by itself. */
const sessions = {
  title: 'Sessions',
  lead: 'Who works on which device, and who did.',
  with: 'Session with {{name}}',
  open: 'Open',
  end: 'End the session',
  endWith: 'End the session with {{name}}',
  ended: 'Ended',
  inviteAgain: 'Invite again',
  summary_zero: '{{reason}} after {{duration}}. Its permissions were never changed.',
  summary_one: '{{reason}} after {{duration}}. Its permissions were changed once.',
  summary_other: '{{reason}} after {{duration}}. Its permissions were changed {{count}} times.',
  side: {
    HOST: 'Works on your device {{name}}',
    GUEST: 'You work there from {{name}}',
  },
  was: {
    HOST: 'Worked on your device {{name}}',
    GUEST: 'You worked there from {{name}}',
  },
  running: {
    title: 'Running',
    none: 'No session runs at present.',
  },
  history: {
    title: 'History',
    side: 'Side',
    anySide: 'Both sides',
    host: 'On your devices',
    guest: 'On other devices',
    state: 'State',
    anyState: 'All',
    running: 'Running',
    ended: 'Ended',
    none: 'No session yet',
    noneText: 'A session starts when an invitation or a request is accepted.',
    noneSo: 'No session matches',
    toInvite: 'Invite somebody',
  },
  column: {
    other: 'With',
    own: 'Your side',
    started: 'Started',
    duration: 'Duration',
    end: 'End',
  },
  reason: {
    HOST_ENDED: 'Ended by the host side',
    GUEST_ENDED: 'Ended by the guest side',
    DEVICE_REMOVED: 'A device was removed',
  },
  facts: {
    title: 'Who and when',
    host: 'Host',
    guest: 'Guest',
  },
  host: {
    title: 'What the guest may do',
    lead: 'Each switch holds at once.',
    leadLocked: 'Each switch holds at once. What the settings of your device lock stays as it is.',
  },
  guest: {
    title: 'What you may do',
    lead: 'The host side can change this at any time.',
    allowed: ' – you may',
    notAllowed: ' – you may not',
  },
  ask: {
    title: 'Ask for more',
    lead: 'The host side grants or refuses what you ask for.',
    send: 'Ask for these',
  },
  wish: {
    asked: '{{name}} asks for more:',
    waiting: 'You asked for this, and the host side has not answered yet:',
    grant: 'Grant',
    refuse: 'Refuse',
  },
  timeline: {
    title: 'What happened',
    STARTED: 'Started',
    CHANGED: 'Permissions changed',
    ASKED: '{{name}} asked for more',
    GRANTED: 'What {{name}} asked for was granted',
    REFUSED: 'What {{name}} asked for was refused',
    LAPSED: 'What {{name}} asked for was not answered',
    ENDED: 'Ended',
    added: 'Given: {{list}}',
    removed: 'Taken away: {{list}}',
  },
} as const;
export default sessions;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    sessions: typeof sessions;
  }
}
