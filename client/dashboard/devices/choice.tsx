import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceRowFragment } from '../../graphql/graphql.ts';
import type { Column } from '../parts/rows.tsx';
import classes from './device-list.module.css';
import { useChosen } from './selection.ts';

/** The devices that are loaded, of which all can be chosen at once. */
export const LoadedDevices = createContext<readonly DeviceRowFragment[]>([]);

/** A box in each row that chooses it, and one above that chooses all that are loaded. */
export const CHOICE: Column<DeviceRowFragment> = {
  name: 'choice',
  title: '',
  width: '1.5rem',
  head: <ChooseAll />,
  cell: (device) => <Choose {...device} />,
};

function Choose({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('devices');
  const { ids, choose } = useChosen();
  return <Box label={t('choose', { name })} checked={ids.has(id)} onChange={(checked) => choose([id], checked)} />;
}

function ChooseAll() {
  const { t } = useTranslation('devices');
  const { ids, choose } = useChosen();
  const loaded = useContext(LoadedDevices);
  const every = loaded.length > 0 && loaded.every(({ id }) => ids.has(id));
  return (
    <Box
      label={t('chooseAll', { count: loaded.length })}
      checked={every}
      some={!every && ids.size > 0}
      onChange={() =>
        choose(
          loaded.map(({ id }) => id),
          !every,
        )
      }
    />
  );
}

interface BoxProps {
  readonly label: string;
  readonly checked: boolean;
  /** Neither on nor off: some are. */
  readonly some?: boolean;
  onChange(checked: boolean): void;
}

/** The browser's own box: there are dozens on the screen. */
function Box({ label, checked, some = false, onChange }: BoxProps) {
  return (
    <label className={classes['box']}>
      <input
        type="checkbox"
        aria-label={label}
        checked={checked}
        ref={(input) => {
          if (input) input.indeterminate = some;
        }}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
