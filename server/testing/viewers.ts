import type { Context } from '../domain/context.ts';
import type { DenialCode } from '../domain/denials.ts';
import { inviteMember } from '../domain/member-invitations.ts';
import { type IdType, typeOfId } from '../lib/ids.ts';
import type { RunningApp } from './app.ts';
import type { KnownIds } from './arguments.ts';
import { buildAccount } from './builders.ts';
import { type Crawl, crawl, type GivenArguments } from './crawl.ts';
import { buildEstate, type Estate } from './estate.ts';
import { schemaOnce } from './operations.ts';

/** Of the company that is looked at. */
export const INSIDERS = ['admin', 'user', 'assigner', 'handler', 'device', 'guest'] as const;
/** Of another company that has the same, of none – one of whom the first has invited –, and the operator. */
export const OUTSIDERS = [
  'otherAdmin',
  'otherUser',
  'otherDevice',
  'stranger',
  'unverified',
  'anonymous',
  'operator',
] as const;
export const VIEWERS = [...INSIDERS, ...OUTSIDERS];
export type Viewer = (typeof VIEWERS)[number];

/** Of viewers that belong together. */
const GROUPS = [4, 2, 3, 3, 1];

/** One letter for each viewer, those that belong together side by side. */
export function inGroups(letterOf: (viewer: Viewer) => string): string {
  const letters = VIEWERS.map(letterOf);
  return GROUPS.map((size) => letters.splice(0, size).join('')).join(' ');
}

/** How tables write the denials that viewers meet. */
export const LETTERS: Readonly<Partial<Record<DenialCode, string>>> = {
  FORBIDDEN: 'f',
  NOT_FOUND: 'n',
  UNAUTHENTICATED: 'u',
  EMAIL_NOT_VERIFIED: 'v',
};

/** Two companies that have one of everything each, and all who look at the first. */
export interface TwoEstates {
  readonly estate: Estate;
  readonly other: Estate;
  readonly viewers: Readonly<Record<Viewer, Context>>;
  /** Values for arguments that have to be given. */
  readonly given: GivenArguments;
}

export async function twoEstates(app: RunningApp): Promise<TwoEstates> {
  const estate = await buildEstate(app, 'Alpha');
  const other = await buildEstate(app, 'Bravo');
  const stranger = await buildAccount(app);
  await inviteMember(estate.adminCtx, { email: stranger.account.email });
  const viewers = {
    admin: estate.adminCtx,
    user: estate.user.ctx,
    assigner: estate.assigner.ctx,
    handler: estate.handler.ctx,
    device: estate.device.ctx,
    guest: estate.guest.ctx,
    otherAdmin: other.adminCtx,
    otherUser: other.user.ctx,
    otherDevice: other.device.ctx,
    stranger: stranger.ctx,
    unverified: (await buildAccount(app, { verifiedAt: null })).ctx,
    anonymous: app.as({ kind: 'anonymous' }),
    operator: app.as({ kind: 'operator' }),
  };
  const given = {
    'Query.explainPermission(memberId:)': `"${estate.userMemberId}"`,
    'Query.explainPermission(permission:)': 'MANAGE_POLICIES',
    'Query.explainPermission(service:)': 'MONITORING',
    'Query.explainPermissions(memberId:)': `"${estate.userMemberId}"`,
    'Query.joinOffer(token:)': '"unknown"',
    'Query.licenceOffer(token:)': '"unknown"',
    'Query.policySettings(service:)': 'MONITORING',
    'Company.viewerCan(permission:)': 'MANAGE_POLICIES',
    'Company.viewerCan(service:)': 'MONITORING',
    'Company.serviceOverview(service:)': 'MONITORING',
    'Policy.affectedDevices(settings:)': '{ monitoring: { cpuPercent: 60 } }',
    'Policy.differences(from:)': '1',
    'Policy.differences(to:)': '2',
  };
  return { estate, other, viewers, given };
}

/** What each viewer gets to see. */
export async function crawlAll({ viewers, given }: TwoEstates): Promise<Record<Viewer, Crawl>> {
  const crawls = VIEWERS.map(async (name) => [name, await crawl(schemaOnce(), viewers[name], given)] as const);
  return Object.fromEntries(await Promise.all(crawls)) as Record<Viewer, Crawl>;
}

/** The texts that tell something of the first company: its ids, its devices' addresses, and what is named after it. */
export function tellingTexts(crawls: Readonly<Record<Viewer, Crawl>>, { device, guest }: Estate): ReadonlySet<string> {
  const addresses = [device, guest].map((one) => one.device.address);
  const tells = (text: string) =>
    /alpha/i.test(text) ||
    typeOfId(text) !== null ||
    addresses.some((address) => text.replaceAll(' ', '').includes(address));
  return new Set(INSIDERS.flatMap((name) => [...crawls[name].texts].filter(tells)));
}

/** The ids among the texts, by what they are the ids of. */
export function idsByType(texts: readonly string[]): Map<IdType, Set<string>> {
  const ids = new Map<IdType, Set<string>>();
  for (const text of texts) {
    const type = typeOfId(text);
    if (type) ids.set(type, (ids.get(type) ?? new Set()).add(text));
  }
  return ids;
}

/** One of each type that the viewer knows; where it matters which, the one that goes with the others. */
export function ownIds({ estate, other }: TwoEstates, { texts, readable }: Crawl): KnownIds {
  const first = Object.fromEntries([...idsByType([...readable, ...texts])].map(([type, ids]) => [type, [...ids][0]]));
  for (const { policyId, backupId, roleId, invitationId } of [estate, other]) {
    if (readable.has(roleId)) first['Role'] = roleId;
    if (readable.has(invitationId)) first['DirectInvitation'] = invitationId;
    if (readable.has(policyId)) first['Policy'] = policyId;
    if (readable.has(backupId)) first['ServiceActivation'] = backupId;
  }
  return first as KnownIds;
}
