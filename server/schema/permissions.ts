import type { Language } from '../db/tables/accounts.ts';
import type { Grant, Permission } from '../db/tables/roles.ts';
import {
  explainPermission,
  explainPermissions,
  type PermissionExplanation,
  type PermissionRule,
} from '../domain/explain.ts';
import { ALL_GRANTS, PERMISSION_CATALOGUE } from '../domain/permissions.ts';
import { builder } from './builder.ts';
import { describedEnum } from './enums.ts';
import { Member } from './members.ts';
import { optionalIdOf } from './node.ts';
import { PermissionEnum, Role, ServiceEnum } from './roles.ts';

const MEANINGS_FR: Readonly<Record<Permission, string>> = {
  MANAGE_POLICIES: 'Créer, modifier et supprimer les stratégies du service.',
  ASSIGN_POLICIES:
    'Envoyer les stratégies du service aux appareils : y activer le service, en attribuer et le désactiver.',
  HANDLE_ALL_ALERTS: 'Voir et acquitter toutes les alertes et menaces du service.',
  HANDLE_OWN_ALERTS: 'Voir et acquitter les alertes et menaces du service sur ses propres appareils.',
};

const CatalogueEntry = builder.objectRef<Grant>('PermissionCatalogueEntry').implement({
  description: 'One cell of the grid that roles are edited in (PER-12).',
  fields: (t) => ({
    service: t.expose('service', { type: ServiceEnum, description: 'The service.' }),
    permission: t.expose('permission', { type: PermissionEnum, description: 'What may be done with it.' }),
    meaning: t.string({
      description: 'What it means, in the language of the account, else of the request.',
      resolve: ({ permission }, _args, ctx) =>
        ctx.request.language === 'fr' ? MEANINGS_FR[permission] : PERMISSION_CATALOGUE[permission].meaning,
    }),
    implies: t.field({
      type: [PermissionEnum],
      description: 'What comes along with it, for the same service.',
      resolve: ({ permission }) => [...PERMISSION_CATALOGUE[permission].implies],
    }),
  }),
});

const RULES: Readonly<Record<PermissionRule, Readonly<Record<Language, string>>>> = {
  BY_ROLE: { en: 'A role of the member grants it.', fr: 'Un rôle du membre l’accorde.' },
  BY_BUSINESS_LICENCE: {
    en: 'The member holds a Business licence of the service.',
    fr: 'Le membre est titulaire d’une licence Business du service.',
  },
  USER_HOLDS_NOTHING: {
    en: 'The built-in role User grants nothing of any service. Give the member another role.',
    fr: 'Le rôle Utilisateur n’accorde rien sur les services. Donnez au membre un autre rôle.',
  },
  NO_ROLE_GRANTS_IT: {
    en: 'No role of the member grants this for this service.',
    fr: 'Aucun rôle du membre n’accorde ceci pour ce service.',
  },
};

const PermissionRuleEnum = describedEnum<PermissionRule>(
  'PermissionRule',
  'By which rule somebody may or may not do something.',
  {
    BY_ROLE: RULES.BY_ROLE.en,
    BY_BUSINESS_LICENCE: `${RULES.BY_BUSINESS_LICENCE.en} (PER-09)`,
    USER_HOLDS_NOTHING: `${RULES.USER_HOLDS_NOTHING.en} (PER-10)`,
    NO_ROLE_GRANTS_IT: RULES.NO_ROLE_GRANTS_IT.en,
  },
);

const Explanation = builder.objectRef<PermissionExplanation>('PermissionExplanation').implement({
  description: 'Whether a member may do something, and why (PER-14).',
  fields: (t) => ({
    member: t.field({ type: Member, description: 'The member.', resolve: ({ member }) => member }),
    service: t.expose('service', { type: ServiceEnum, description: 'The service.' }),
    permission: t.expose('permission', { type: PermissionEnum, description: 'What would be done with it.' }),
    allowed: t.exposeBoolean('allowed', { description: 'Whether the member may.' }),
    rule: t.expose('rule', { type: PermissionRuleEnum, description: 'The rule that says so, for programs.' }),
    message: t.string({
      description: 'The rule in one sentence, in the language of the account, else of the request.',
      resolve: ({ rule }, _args, ctx) => RULES[rule][ctx.request.language],
    }),
    roles: t.field({
      type: [Role],
      description: 'The member’s roles that it comes from.',
      resolve: ({ roles }) => roles,
    }),
    licenceIds: t.idList({
      description: 'The member’s Business licences that it comes from.',
      resolve: ({ licenceIds }) => licenceIds,
    }),
    rolesThatWouldAllow: t.field({
      type: [Role],
      description: 'The company’s roles that would allow it; empty where it is allowed.',
      resolve: ({ rolesThatWouldAllow }) => rolesThatWouldAllow,
    }),
    assignedAccountOnly: t.boolean({
      description:
        'Whether another rule holds besides: only the account that a Backup is assigned to installs it and restores ' +
        'from it, whatever roles say (PER-07).',
      resolve: ({ service, permission }) => service === 'BACKUP' && permission === 'ASSIGN_POLICIES',
    }),
  }),
});

builder.queryFields((t) => ({
  permissionCatalogue: t.field({
    type: [CatalogueEntry],
    description: 'The whole grid service × permission, service by service; for everybody.',
    resolve: () => [...ALL_GRANTS],
  }),
  explainPermission: t.field({
    type: Explanation,
    description:
      'May this member do this with this service, and why, or why not? Of oneself, for every member of a company; of ' +
      'others, for its administrators.',
    args: {
      memberId: t.arg.id({ required: false, description: 'The member; the caller where absent.' }),
      service: t.arg({ type: ServiceEnum, required: true, description: 'The service.' }),
      permission: t.arg({ type: PermissionEnum, required: true, description: 'What would be done with it.' }),
    },
    resolve: (_root, args, ctx) =>
      explainPermission(ctx, { ...args, memberId: optionalIdOf(args.memberId, 'memberId', 'Member') }),
  }),
  explainPermissions: t.field({
    type: [Explanation],
    description: 'As `explainPermission`, for the whole grid service × permission, in the order of the catalogue.',
    args: { memberId: t.arg.id({ required: false, description: 'The member; the caller where absent.' }) },
    resolve: (_root, { memberId }, ctx) => explainPermissions(ctx, optionalIdOf(memberId, 'memberId', 'Member')),
  }),
}));
