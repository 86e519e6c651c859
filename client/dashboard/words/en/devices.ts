const devices = {} as const;
export default devices;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    devices: typeof devices;
  }
}
