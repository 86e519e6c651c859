import type { ContactTileFragment } from '../../graphql/graphql.ts';

/** What a contact is called: by whoever listed it, by its company, else by its alias or ID. */
export function contactName({ label, name, peer }: Pick<ContactTileFragment, 'label' | 'name' | 'peer'>): string {
  return label ?? name ?? peer.alias ?? peer.addressGrouped;
}
