/** What the events of a webhook are about, as its patterns name them: those that an account’s stream has. */
export const ACCOUNT_CONCEPTS = [
  'invitation',
  'sessionRequest',
  'session',
  'emailInvitation',
  'device',
  'permissionProfile',
  'discovery',
  'favourite',
  'addressBook',
  'service',
  'snapshot',
  'restore',
  'licence',
  'company',
  'member',
  'role',
  'account',
  'authSession',
  'secondFactor',
  'apiToken',
  'webhook',
] as const;

/** Those that a company’s stream has. */
export const COMPANY_CONCEPTS = [
  'alert',
  'service',
  'restore',
  'policy',
  'device',
  'deviceGroup',
  'enrolmentCode',
  'permissionProfile',
  'invitation',
  'sessionRequest',
  'session',
  'emailInvitation',
  'addressBook',
  'licence',
  'company',
  'member',
  'memberInvitation',
  'role',
  'webhook',
] as const;

export type Concept = (typeof ACCOUNT_CONCEPTS)[number] | (typeof COMPANY_CONCEPTS)[number];

/** Patterns as they are chosen: everything, or whole concepts and what is named more exactly. */
export interface Choice {
  readonly all: boolean;
  readonly concepts: readonly string[];
  readonly exact: readonly string[];
}

export function choiceOf(patterns: readonly string[], concepts: readonly Concept[]): Choice {
  const whole = new Map<string, string>(
    concepts.flatMap((concept) => [
      [concept, concept],
      [`${concept}.*`, concept],
    ]),
  );
  const isAll = (pattern: string): boolean => pattern === '*' || pattern === '*.*';
  return {
    all: patterns.some(isAll),
    concepts: [...new Set(patterns.flatMap((pattern) => whole.get(pattern) ?? []))],
    exact: patterns.filter((pattern) => !isAll(pattern) && !whole.has(pattern)),
  };
}

export function patternsOf({ all, concepts, exact }: Choice): string[] {
  return all ? ['*'] : [...concepts.map((concept) => `${concept}.*`), ...exact];
}
