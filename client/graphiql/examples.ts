/** An operation that GraphiQL opens as a tab. */
export interface Example {
  /** Named by links: `/graphiql#example=InviteDevice`. The name of the operation in `document`. */
  readonly name: string;
  /** Valid against schema.graphql; a test holds that. */
  readonly document: string;
  /** JSON text. */
  readonly variables?: string;
}

export const EXAMPLES: readonly Example[] = [
  {
    name: 'Viewer',
    document: `# Who you are, and what you can start from.
query Viewer {
  viewer {
    __typename
  }
}
`,
  },
  {
    name: 'DeviceEvents',
    document: `# Everything that happens to a device, live.
subscription DeviceEvents($after: Cursor) {
  deviceEvents(after: $after) {
    __typename
  }
}
`,
    variables: '{\n  "after": null\n}',
  },
];
