import type { Example } from './examples.ts';

/**
 * Operations that links in mails lead to: opened only by such a link, with its token filled in, so that a person can
 * finish with one press.
 */
export const LINKED_EXAMPLES: readonly Example[] = [
  linked('VerifyEmail', 'Press ▶ to verify your e-mail address. Opening the link twice is harmless.', 'email', {
    token: '',
  }),
  linked('ResetPassword', 'Choose a new password below (12 characters or more), then press ▶.', 'email', {
    token: '',
    password: '',
  }),
  linked('AcceptMemberInvitation', 'Sign in first (tab SignIn), then press ▶ to join the company.', '__typename', {
    token: '',
  }),
  linked('ActivateLicence', 'Sign in first (tab SignIn), then press ▶ to activate the licence.', '__typename', {
    token: '',
  }),
  linked('RequestPasswordReset', 'Fill in your e-mail address, then press ▶: a link is mailed to you.', 'email', {
    email: '',
  }),
];

function linked(name: string, remark: string, field: string, input: Readonly<Record<string, string>>): Example {
  const mutation = name.charAt(0).toLowerCase() + name.slice(1);
  return {
    name,
    document: `# ${remark}
mutation ${name}($input: ${name}Input!) {
  ${mutation}(input: $input) {
    __typename
    ... on ${name}Payload {
      ${field}
    }
    ... on UserError {
      code
      message
    }
  }
}
`,
    variables: JSON.stringify({ input }, null, 2),
  };
}
