const invite = {} as const;
export default invite;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    invite: typeof invite;
  }
}
