import { ProblemError } from '@bangfu/contracts/core/problem';
import { useSyncExternalStore } from 'react';

/** Whether the platform no longer knows who is at this page; the page stays as it is until he has signed in again. */
let hasEnded = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  if (hasEnded === next) return;
  hasEnded = next;
  for (const listener of listeners) listener();
}

/** Whether an answer says that the sign-in has ended; a wrong password is refused otherwise. */
export const isNotSignedIn = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.status === 401 && error.problem.code === 'NOT_SIGNED_IN';

/** Takes note of a refused call, whichever it is. */
export function noteRefusal(error: unknown): void {
  if (isNotSignedIn(error)) set(true);
}

/** Takes note that somebody is signed in again. */
export const noteSignedIn = (): void => set(false);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the sign-in has ended while the page was open. */
export const useSessionEnded = (): boolean => useSyncExternalStore(subscribe, () => hasEnded);
