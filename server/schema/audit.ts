import type { EventActor, EventRow } from '../db/tables/events.ts';
import { type AuditOrder, auditedBy, listAuditLog, verifyAuditLog } from '../domain/audit.ts';
import { type AuditName, idsIn, mayBeNamed, mayNameDevice } from '../domain/audit-names.ts';
import type { ChainCheck } from '../domain/event-log.ts';
import { SERVICE_NAMES } from '../domain/service-names.ts';
import { Account } from './accounts.ts';
import { builder } from './builder.ts';
import { Company } from './companies.ts';
import { type ArgBuilder, connectionOf, pageArgs } from './connection.ts';
import { describedEnum } from './enums.ts';
import { EventActorKind } from './events.ts';
import { optionalIdOf } from './node.ts';
import { roleName } from './role-names.ts';

interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

const AuditFieldChange = builder.objectRef<FieldChange>('AuditFieldChange').implement({
  description: 'One part of what was changed, before and after.',
  fields: (t) => ({
    field: t.exposeString('field', { description: 'Its name.' }),
    before: t.exposeString('before', {
      nullable: true,
      description: 'What it was before, as JSON; null where it was not there.',
    }),
    after: t.exposeString('after', {
      nullable: true,
      description: 'What it is since, as JSON; null where it is not there any more.',
    }),
  }),
});

const AuditActor = builder.objectRef<EventActor & Pick<EventRow, 'stream'>>('AuditActor').implement({
  description: 'Who made a change.',
  fields: (t) => ({
    kind: t.field({ type: EventActorKind, description: 'What kind of principal.', resolve: ({ kind }) => kind }),
    id: t.exposeID('id', {
      nullable: true,
      description:
        'The account’s or the device’s id; null for the operator, for the server itself, and for who acted for the other ' +
        'side of an invitation, a request or a session.',
    }),
    name: t.string({
      nullable: true,
      description:
        'The account’s or device’s name, as it is now; null where there is no `id`, and for a device that is others’ by now.',
      resolve: async ({ kind, id, stream }, _args, { loaders }) => {
        if (id === null) return null;
        if (kind === 'ACCOUNT') return (await loaders.account.load(id)).name;
        const device = await loaders.device.load(id);
        return mayNameDevice(stream, device) ? device.name : null;
      },
    }),
  }),
});

const AuditNameType = builder.objectRef<AuditName>('AuditName').implement({
  description: 'What something that an audit record names by its id is called now, or was when it was deleted.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The id, as it stands in the record.' }),
    name: t.string({
      description: 'A person’s, device’s, group’s, policy’s or role’s name; a code’s label; the product of a licence.',
      resolve: ({ name, builtIn, product }, _args, { request: { language } }) => {
        if (builtIn) return roleName(language, builtIn);
        return product ? SERVICE_NAMES[product][language] : name;
      },
    }),
  }),
});

const AuditRecord = builder.objectRef<EventRow>('AuditRecord').implement({
  description: 'One change in an audit log (API-04): who, on what, before and after, when and from where.',
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Its place in the log, from 1 on, without a gap.' }),
    occurredAt: t.field({ type: 'DateTime', description: 'When it happened.', resolve: ({ at }) => at }),
    concept: t.exposeString('concept', { description: 'What it is about, such as `member` or `device`.' }),
    change: t.exposeString('change', { description: 'What happened to it, such as `ENROLLED`.' }),
    subject: t.exposeID('subject', { description: 'The id of what changed.' }),
    actor: t.field({
      type: AuditActor,
      description: 'Who did it.',
      resolve: ({ actor, stream }) => ({ ...actor, stream }),
    }),
    fields: t.field({
      type: [AuditFieldChange],
      description: 'The parts that changed, before and after; empty where nothing but the change itself is told.',
      resolve: fieldChanges,
    }),
    names: t.field({
      type: [AuditNameType],
      description:
        'Names, as they are now, for ids in the record: its subject, and those among its parts. What is gone for good has ' +
        'the name that the log told last; what has none is left out. In logs that are no company’s, so is all else but people and, in the operator’s, licences.',
      resolve: async (row, _args, { loaders }) => {
        const names = idsIn(row).map(async (id) => {
          const name = await loaders.auditName.load(id);
          if (!name) return loaders.lastAuditName.load({ stream: row.stream, id });
          return mayBeNamed(row, name) ? name : null;
        });
        return (await Promise.all(names)).filter((name) => name !== null);
      },
    }),
    requestId: t.exposeString('requestId', {
      description: 'The request that did it; it stands in the server’s log too.',
    }),
    address: t.exposeString('address', {
      nullable: true,
      description:
        'The network address that the request came from; null for the server’s own doing, and for what the other side did.',
    }),
    hash: t.exposeString('hash', {
      description: 'SHA-256 over the hash of the record before and the whole of this one, in base64url.',
    }),
  }),
});

function fieldChanges({ before, after }: EventRow): FieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const json = (facts: Record<string, unknown> | null, name: string) =>
    facts?.[name] === undefined ? null : JSON.stringify(facts[name]);
  return [...names].map((field) => ({ field, before: json(before, field), after: json(after, field) }));
}

const AuditOrderEnum = describedEnum<AuditOrder>('AuditOrder', 'Which way an audit log is read.', {
  NEWEST_FIRST: 'What happened last comes first.',
  OLDEST_FIRST: 'In the order in which it happened.',
});

const AuditRecordConnection = connectionOf('AuditRecord', AuditRecord, 'audit records');

const auditArgs = (t: ArgBuilder) => ({
  ...pageArgs(t),
  concept: t.string({ required: false, description: 'Only what is about this concept, such as `device`.' }),
  change: t.string({ required: false, description: 'Only where this happened, such as `ENROLLED`.' }),
  subject: t.id({ required: false, description: 'Only what happened to this.' }),
  actorId: t.id({ required: false, description: 'Only what this account or device did.' }),
  from: t({ type: 'DateTime', required: false, description: 'Only from this instant on.' }),
  until: t({ type: 'DateTime', required: false, description: 'Only until before this instant.' }),
  order: t({ type: AuditOrderEnum, required: false, description: 'Newest first where absent.' }),
});

builder.objectField(Company, 'auditLog', (t) =>
  t.field({
    type: AuditRecordConnection,
    description:
      'Every change of what belongs to the company, and of its members in it; for its administrators. As JSON Lines ' +
      'at `/audit.jsonl?companyId=…`.',
    args: auditArgs(t.arg),
    resolve: ({ id }, args, ctx) => listAuditLog(ctx, { kind: 'COMPANY', companyId: id }, args),
  }),
);

builder.objectField(Account, 'auditLog', (t) =>
  t.field({
    type: AuditRecordConnection,
    description:
      'What happened to the account and to its devices: sign-ins, tokens, invitations, sessions. As far back as ' +
      'events are kept. As JSON Lines at `/audit.jsonl`.',
    args: auditArgs(t.arg),
    resolve: ({ id }, args, ctx) => listAuditLog(ctx, { kind: 'ACCOUNT', accountId: id }, args),
  }),
);

builder.queryField('operatorAuditLog', (t) =>
  t.field({
    type: AuditRecordConnection,
    description:
      'What the operator did: licences issued, mailed, suspended, resumed and renewed, links revoked, and new tokens; ' +
      'for the operator. As JSON Lines at `/audit.jsonl`.',
    args: auditArgs(t.arg),
    resolve: (_root, args, ctx) => listAuditLog(ctx, { kind: 'OPERATOR' }, args),
  }),
);

const AuditLogCheck = builder.objectRef<ChainCheck>('AuditLogCheck').implement({
  description: 'What the check of an audit log’s hash chain found.',
  fields: (t) => ({
    intact: t.exposeBoolean('intact', {
      description: 'Whether every record is as it was written, and none is missing.',
    }),
    checked: t.exposeInt('checked', { description: 'How many records were checked.' }),
    brokenAt: t.int({
      nullable: true,
      description: 'The number of the first record that was changed, removed or added; null where all is well.',
      resolve: (check) => (check.intact ? null : check.brokenAt),
    }),
  }),
});

builder.queryField('verifyAuditLog', (t) =>
  t.field({
    type: AuditLogCheck,
    description:
      'Recomputes the hash chain of an audit log, and finds the first record that was tampered with: a company’s, for ' +
      'its administrators, or one’s own: the account’s, or the operator’s.',
    args: {
      companyId: t.arg.id({ required: false, description: 'The company; one’s own log where absent.' }),
    },
    resolve: (_root, { companyId }, ctx) =>
      verifyAuditLog(ctx, auditedBy(ctx, optionalIdOf(companyId, 'companyId', 'Company'))),
  }),
);
