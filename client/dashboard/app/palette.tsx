import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionGroupData, useSpotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { type FocusEvent, useEffect } from 'react';
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
  const { query: text } = useSpotlight(paletteStore);
  const [search] = useDebouncedValue(text.trim(), TYPING_MS);
  const pages = useNavigation();
  const [{ data }] = useQuery({
    query: PaletteDevices,
    variables: { search },
    pause: search.length < 2 || company === null,
  });

  useEffect(() => {
    if (text !== '') chooseFirst();
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
      shortcut={null}
      scrollable
      limit={20}
      nothingFound={t('palette.nothing')}
      attributes={{ content: { 'aria-label': t('palette.open') } }}
      // Mantine's paler ones cannot be read on the colour of what is chosen.
      styles={{ actionDescription: { opacity: 1 } }}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.open'),
        onFocus: goOn,
      }}
    />
  );
}

/** Goes on behind what was typed ahead. */
function goOn({ currentTarget: field }: FocusEvent<HTMLInputElement>): void {
  field.setSelectionRange(field.value.length, field.value.length);
  if (field.value !== '') chooseFirst();
}

/**
 * Chooses the first result where none is chosen. The field does so by itself (@mantine/spotlight 9.7) for what is typed into it,
 * and not for what was typed before it came, or for devices, which are found a moment later.
 */
function chooseFirst(): void {
  const results = document.getElementById(paletteStore.getState().listId);
  if (!results || results.querySelector('[data-selected]')) return;
  results.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  paletteStore.updateState((state) => ({ ...state, selected: 0 }));
}
