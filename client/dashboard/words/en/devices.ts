/** The list of devices, and the pages of one. */
const devices = {
  title: 'Devices',
  lead: 'All devices that your company manages.',
  ownLead: 'The devices that you are signed in on.',
  enrol: 'Add devices',
  column: {
    device: 'Device',
    online: 'Presence',
    platform: 'Platform',
    person: 'Assigned to',
    groups: 'Groups',
    services: 'Services',
  },
  filter: {
    placeholder: 'Name, ID or alias',
    clear: 'Clear the search',
    online: 'Presence',
    all: 'All',
    onlyOnline: 'Online',
    onlyOffline: 'Offline',
    group: 'Group',
    allGroups: 'All groups',
    order: 'Order',
    byName: 'By name',
    byAdded: 'Last added first',
  },
  moreGroups: '{{count}} more',
  nothingFound: 'No device fits.',
  clearFilters: 'Show all devices',
  noneOfCompany: 'No devices yet',
  howToEnrol: 'Make an enrolment code under “Add devices”, and redeem it on each device: it appears here at once.',
  askToEnrol: 'An administrator of your company adds devices with an enrolment code.',
  noneOfOwn: 'You are not signed in on any device',
  howToOwn: 'A device that a company manages is assigned to you by an administrator of that company.',
  choose: 'Choose {{name}}',
  chooseAll_one: 'Choose the device that is loaded',
  chooseAll_other: 'Choose all {{count, number}} devices that are loaded',
  chosenLabel: 'Chosen devices',
  chosen_one: '{{count}} device chosen',
  chosen_other: '{{count, number}} devices chosen',
  clearChosen: 'Clear the choice',
  addToGroup: 'Add to a group',
  groupTitle_one: 'Add {{count}} device to a group',
  groupTitle_other: 'Add {{count, number}} devices to a group',
  group: 'Group',
  newGroup: 'A new group …',
  groupName: 'Name of the new group',
  addedToGroup_one: '{{count}} device is in the group now.',
  addedToGroup_other: '{{count, number}} devices are in the group now.',
} as const;
export default devices;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    devices: typeof devices;
  }
}
