const company = {} as const;
export default company;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    company: typeof company;
  }
}
