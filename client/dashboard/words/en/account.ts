const account = {} as const;
export default account;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    account: typeof account;
  }
}
