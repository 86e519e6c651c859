import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { graphql } from '../../graphql/gql.ts';
import { useAccount } from '../data/session.tsx';
import { type NavigationEntry, useNavigation } from './navigation.tsx';
import { paletteStore } from './open-palette.ts';

const PaletteDevices = graphql(`
  query PaletteDevices($search: String!) {
    viewer {
      account {
        id
        company {
          id
          devices(first: 8, search: $search) {
            nodes {
              id
              name
              addressGrouped
              alias
            }
          }
        }
      }
    }
  }
`);

/** Keys pressed within this time, in ms, are one search. */
const TYPING_MS = 150;

/** Ctrl+K: goes to any page or device by typing a part of its name. */
export default function Palette() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const { company } = useAccount();
  const [text, setText] = useState('');
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const pages = useNavigation();
  const [{ data }] = useQuery({
    query: PaletteDevices,
    variables: { search },
    pause: search.length < 2 || company === null,
  });

  const open = ({ path, external }: NavigationEntry): void => {
    if (external) window.location.assign(path);
    else go(path);
  };
  const groups: SpotlightActionGroupData[] = [
    {
      group: t('palette.pages'),
      actions: pages
        .flatMap(
          (entry) => entry.children?.map((child) => ({ ...child, parent: entry.label })) ?? [{ ...entry, parent: '' }],
        )
        .map((entry) => ({
          id: entry.path,
          label: entry.label,
          description: entry.parent,
          onClick: () => open(entry),
        })),
    },
    {
      group: t('palette.devices'),
      actions: (search.length < 2 ? [] : (data?.viewer.account?.company?.devices.nodes ?? [])).map((device) => ({
        id: device.id,
        label: device.name,
        description: [device.addressGrouped, device.alias].filter(Boolean).join(' · '),
        // What the server found stays, also where it was found by another spelling.
        keywords: search,
        onClick: () => go(`/devices/${device.id}`),
      })),
    },
  ];
  return (
    <Spotlight
      store={paletteStore}
      actions={groups}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      scrollable
      limit={20}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.open'),
      }}
    />
  );
}
