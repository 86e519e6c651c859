const services = {} as const;
export default services;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    services: typeof services;
  }
}
