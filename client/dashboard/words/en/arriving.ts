/** The pages before one is signed in, and those that mails lead to. */
const arriving = {
  signIn: {
    title: 'Sign in',
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    forgot: 'Forgot your password?',
    noAccount: 'No account yet?',
  },
} as const;
export default arriving;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    arriving: typeof arriving;
  }
}
