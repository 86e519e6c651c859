/**
 * What a ready link asks GraphiQL for. It stands in the fragment of the address (`/graphiql#token=bkn_…&example=viewer`),
 * because a browser sends that part to nobody: a token in it reaches no server log, proxy or Referer header.
 */
export interface Link {
  /** Sent as `Authorization: Bearer …`. */
  readonly token: string | null;
  /** Name of the example operation to open on. */
  readonly example: string | null;
  /** Variables of that example, as JSON text, instead of its own. */
  readonly variables: string | null;
}

export function readLink(fragment: string): Link {
  const fields = new URLSearchParams(fragment.replace(/^#/, ''));
  return { token: fields.get('token'), example: fields.get('example'), variables: fields.get('variables') };
}

/** The text of the headers editor that sends `token`. */
export function headersWithToken(token: string): string {
  return JSON.stringify({ Authorization: `Bearer ${token}` }, null, 2);
}
