/** Members of a company, their roles, and what these let them do. */
const members = {
  title: 'Members',
  lead: 'Who belongs to the company. Open a member to change their roles, or to see why they may or may not do something.',
  leadForMembers: 'Who belongs to the company, and which roles they hold.',
  name: 'Name',
  roles: 'Roles',
  rolesText:
    'What holds is all of them together. A change takes effect at once, on open pages too; you see before what it would change.',
  joined: 'member since',
  joinedColumn: 'Member since',
  search: 'Search by name or e-mail address',
  nobody: 'Nobody goes by that name',
  count_one: '{{count}} member',
  count_other: '{{count}} members',
  userHoldsNothing: 'Belongs to the company, and works with what is assigned to them. Grants nothing of any service.',
  isAdministrator:
    '{{name}} is a company administrator: they manage members, roles and devices, and may do everything.',
  isNoAdministrator:
    '{{name}} is no company administrator. Administrators manage members, roles and devices, and may do everything.',
  promote: 'Make administrator',
  demote: 'Take administration away',
  factor: {
    label: 'Second factor',
    all: 'All members',
    with: 'With a second factor',
    without: 'Without a second factor',
  },
  invite: {
    title: 'Invite a colleague',
    text: 'They get a mail with a link, sign in or sign up with this address, and belong to the company.',
    email: 'E-mail address',
    rolesHint: 'What holds is all of them together; it can be changed at any time.',
    submit: 'Send the invitation',
    done: 'The invitation to {{email}} is on its way.',
  },
  pending: {
    title: 'Invited, not yet here',
    sent: 'Sent',
    expires: 'Expires',
    revoke: 'Revoke',
    revokeOf: 'Revoke the invitation of {{email}}',
    revokeTitle: 'Revoke the invitation of {{email}}?',
    revokeText: 'The link in the mail opens nothing any more. You can invite them again.',
  },
  give: {
    title: 'Give {{name}} the role “{{role}}”?',
    action: 'Give the role',
    done: '{{name}} has the role “{{role}}” now.',
  },
  take: {
    title: 'Take the role “{{role}}” from {{name}}?',
    action: 'Take the role away',
    done: '{{name}} does not have the role “{{role}}” any more.',
  },
  changes: {
    label: 'What would change for whom',
    none: 'Nobody will be able to do more or less than now.',
    somebody: 'A member who has just left',
    becomes: '{{name}} becomes a company administrator: they manage members, roles, devices and groups, too.',
    isNoMore: '{{name}} is no company administrator any more, and cannot change members, roles or devices.',
    gains: '{{name}} will be able to:',
    loses: '{{name}} will not be able to do this any more:',
  },
  remove: {
    heading: 'End of the membership',
    lead: 'Whoever is removed cannot see or do anything in the company any more, at once. You see first what ends with it.',
    action: 'Remove from the company',
    title: 'Remove {{name}} from the company?',
    text: '{{name}} will not see or do anything here any more, at once. They keep their account, and can be invited again.',
    devices_zero: 'They are signed in on no device of the company.',
    devices_one: 'They are signed out of {{count}} device of the company.',
    devices_other: 'They are signed out of {{count}} devices of the company.',
    backups_zero: 'No Backup is assigned to them.',
    backups_one:
      '{{count}} Backup that is assigned to them is retired: it runs no more, and its data can be reached by nobody until {{name}} is a member again.',
    backups_other:
      '{{count}} Backups that are assigned to them are retired: they run no more, and their data can be reached by nobody until {{name}} is a member again.',
    done: '{{name}} is no member any more.',
  },
  why: {
    title: 'What {{name}} may do',
    lead: 'Each answer opens the reason: the role or licence that it comes from, or the rule that stands against it.',
    may: 'Yes: {{permission}}, {{service}}. Why?',
    mayNot: 'No: {{permission}}, {{service}}. Why not?',
    question: '{{name}} – {{service}}: {{permission}}',
    yes: 'Yes.',
    no: 'No.',
    through: 'The roles that it comes from',
    licences: 'See the licences',
    wouldAllow: 'These roles would allow it',
    give: 'Give “{{role}}”',
    noRole: 'No role of the company would allow it: make one.',
    backupTitle: 'Backup has one more rule',
    backup:
      'Only the account that a device is assigned to puts Backup on it and restores from it, whatever roles say. Not even an administrator can do that for somebody else.',
  },
  permission: {
    MANAGE_POLICIES: 'Manage policies',
    ASSIGN_POLICIES: 'Assign policies',
    HANDLE_ALL_ALERTS: 'Handle all alerts',
    HANDLE_OWN_ALERTS: 'Handle own alerts',
  },
  grid: {
    service: 'Service',
    cell: '{{service}}: {{permission}}',
    of: '{{service}}: {{permissions}}',
    implied: 'Implied',
    impliedBy: 'comes with “{{permission}}”',
    lacking: 'you do not hold it yourself, so you cannot grant it',
    meaning: '{{permission}}:',
    implies: 'Implies “{{permission}}”.',
  },
  role: {
    title: 'Roles',
    lead: 'A role grants permissions service by service. A member may hold several: what holds is all of them together.',
    create: 'New role',
    submit: 'Create the role',
    name: 'Name of the role',
    builtIn: 'Built in',
    grid: 'What “{{role}}” grants',
    everything: 'Everything, of every service',
    nothing: 'Nothing of any service',
    everythingText:
      'This role is built in: whoever holds it manages the company, and may do everything with every service. It cannot be changed.',
    nothingText:
      'This role is built in: whoever holds it works with what is assigned to them, and may do nothing with any service. It cannot be changed; make another role to allow more.',
    heldBy_zero: 'Held by nobody',
    heldBy_one: 'Held by {{count}} member',
    heldBy_other: 'Held by {{count}} members',
    heldByNobody: 'Nobody holds this role: nothing changes for anybody.',
    saved: 'The role “{{role}}” is saved.',
    saveTitle: 'Save the role “{{role}}”?',
    saveText_zero: 'It takes effect at once.',
    saveText_one: 'It takes effect at once, for {{count}} member:',
    saveText_other: 'It takes effect at once, for {{count}} members:',
    changedMeanwhile:
      'Somebody has changed this role while you were editing it. Saving puts your version in its place.',
    loadAgain: 'Show theirs',
    delete: 'Delete the role',
    deleteTitle: 'Delete the role “{{role}}”?',
    deleted: 'The role “{{role}}” is deleted.',
    moveTo_one: 'The role that the member who holds it gets instead',
    moveTo_other: 'The role that the {{count}} members who hold it get instead',
  },
} as const;
export default members;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    members: typeof members;
  }
}
