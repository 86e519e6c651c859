import { cloneElement, type HTMLAttributes, type ReactElement, type ReactNode, Suspense, useState } from 'react';

interface MenuOnDemandProps {
  /** The button that opens the menu. */
  readonly target: ReactElement<HTMLAttributes<HTMLElement>>;
  /** Begins to load the menu: its button is pointed at, or has the focus. */
  preload(): Promise<unknown>;
  /** The menu, open at first, around its button; a component that is loaded lazily. */
  children(target: ReactElement): ReactNode;
  /** That it is wanted by another way than the button, where whether it is open is known outside. */
  readonly wanted?: boolean;
  onOpen?(): void;
}

/** A menu that is loaded when it is opened for the first time: what places menus on the page is a ninth of the first load. */
export function MenuOnDemand({ target, preload, children, wanted = false, onOpen }: MenuOnDemandProps) {
  const [opened, setOpened] = useState(wanted);
  if (wanted && !opened) setOpened(true);
  const ahead = (): void => void preload();
  const button = cloneElement(target, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: ahead,
    onFocus: ahead,
    onClick: () => {
      setOpened(true);
      onOpen?.();
    },
  });
  return opened ? <Suspense fallback={button}>{children(target)}</Suspense> : button;
}
