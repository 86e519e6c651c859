import { Text } from '@mantine/core';
import { Fragment } from 'react';
import { graphql } from '../../graphql/gql.ts';

/** One side of an invitation, request or session, with the device itself where it is one’s own or one’s company’s. */
export const PeerFields = graphql(`
  fragment PeerFields on Peer {
    address
    addressGrouped
    alias
    viewerActsFor
    device {
      id
      name
    }
  }
`);

export interface NamedPeer {
  readonly addressGrouped: string;
  readonly alias?: string | null | undefined;
  readonly device?: { readonly name: string } | null | undefined;
}

/** What people call a side: by its name where they may know it, else by its alias, else by its ID. */
export function peerName({ addressGrouped, alias, device }: NamedPeer): string {
  return device?.name ?? alias ?? addressGrouped;
}

/** A side by its name, and by the addresses that the name does not say already. */
export function PeerName({ peer }: { peer: NamedPeer }) {
  const { addressGrouped, alias } = peer;
  const name = peerName(peer);
  const others = [alias, addressGrouped].filter((text) => text && text !== name);
  return (
    <span>
      <Text
        component="span"
        inherit
        fw={600}
        {...(name === addressGrouped ? { className: 'beckon-code' } : { style: { overflowWrap: 'anywhere' } })}
      >
        {name}
      </Text>
      {others.length > 0 && (
        <Text component="span" inherit c="dimmed">
          {others.map((address, at) => (
            <Fragment key={address}>
              {at === 0 ? ' ' : ' · '}
              <span className="beckon-code">{address}</span>
            </Fragment>
          ))}
        </Text>
      )}
    </span>
  );
}
