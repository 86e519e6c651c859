/** What waits for an answer, at the bottom right of every page. */
const incoming = {
  label: 'Waiting for your answer',
  shortcut: 'Alt+I leads there and back.',
  waiting_one: '{{count}} waits for your answer',
  waiting_other: '{{count}} wait for your answer',
  invitation: {
    title: 'You are invited',
    told: '{{name}} invites you to connect.',
    modifiedTold: '{{name}} modified the invitation.',
    over: 'The invitation from {{name}} waits no more.',
    youMay: 'There you may:',
    wasModified: 'The invitation was modified: what stands here now is what holds.',
    added: 'New: {{list}}.',
    removed: 'Not any more: {{list}}.',
    connect: 'Connect',
    reject: 'Reject',
  },
  request: {
    title: 'Somebody asks to be let in to {{device}}',
    told: '{{name}} asks to be let in to {{device}}.',
    over: '{{name}} asks no more to be let in.',
    lead: 'Choose what they may do, then let them in.',
    accept: 'Accept',
    dismiss: 'Dismiss',
  },
  wish: {
    title: 'More permissions are asked for',
    told: '{{name}} asks for more permissions.',
    over: '{{name}} asks no more for permissions.',
    grant: 'Grant',
    refuse: 'Refuse',
    toSession: 'To the session',
  },
} as const;
export default incoming;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    incoming: typeof incoming;
  }
}
