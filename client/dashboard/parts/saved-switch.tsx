import { Switch, type SwitchProps } from '@mantine/core';
import { useRef, useState } from 'react';

interface SavedSwitchProps extends Omit<SwitchProps, 'checked' | 'onChange'> {
  /** As it is saved. */
  readonly checked: boolean;
  /** Saves it; resolves when that is done, or was refused. */
  onSave(on: boolean): Promise<unknown>;
}

/**
 * A switch that saves at once: it stays where it was put while that is under way, and goes back where it is refused. Turned
 * again meanwhile, it saves that afterwards: of two answers that are on their way, the older might arrive last.
 */
export function SavedSwitch({ checked, onSave, ...others }: SavedSwitchProps) {
  const [wanted, setWanted] = useState<boolean | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const save = async (on: boolean): Promise<void> => {
    setWanted(on);
    const saved = last.current.then(() => onSave(on));
    last.current = saved;
    await saved;
    if (last.current === saved) setWanted(null);
  };
  return (
    <Switch {...others} checked={wanted ?? checked} onChange={(event) => void save(event.currentTarget.checked)} />
  );
}
