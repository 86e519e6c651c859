const contacts = {} as const;
export default contacts;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    contacts: typeof contacts;
  }
}
