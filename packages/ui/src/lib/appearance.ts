import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

export const APPEARANCES = ['auto', 'light', 'dark'] as const;
export type AppearanceChoice = (typeof APPEARANCES)[number];

const STORED = 'bangfu.appearance';
const listeners = new Set<() => void>();

const isChoice = (text: string | null): text is AppearanceChoice => APPEARANCES.some((a) => a === text);

/** The appearance chosen on this device; `auto` follows the system. */
export function storedAppearance(): AppearanceChoice {
  const stored = localStorage.getItem(STORED);
  return isChoice(stored) ? stored : 'auto';
}

/** Remembers the appearance on this device and redraws. */
export function chooseAppearance(choice: AppearanceChoice): void {
  localStorage.setItem(STORED, choice);
  for (const listener of listeners) listener();
}

export function useAppearanceChoice(): AppearanceChoice {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, storedAppearance);
}

/** Whether a media query holds now, redrawn when that changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Below this width the shell is a phone's: bottom bar, cards instead of rows. Paper of that width gets rows. */
export const PHONE = 'screen and (max-width: 767px)';

let paper = false;

/**
 * Whether the page is being drawn for paper. The browser lays the sheet out right after `beforeprint`, so the redraw
 * is done within that event.
 */
export function usePrinting(): boolean {
  const emulated = useMedia('print');
  const printing = useSyncExternalStore(
    (listener) => {
      const turn = (event: Event) => {
        paper = event.type === 'beforeprint';
        flushSync(listener);
      };
      window.addEventListener('beforeprint', turn);
      window.addEventListener('afterprint', turn);
      return () => {
        window.removeEventListener('beforeprint', turn);
        window.removeEventListener('afterprint', turn);
      };
    },
    () => paper,
  );
  return printing || emulated;
}
