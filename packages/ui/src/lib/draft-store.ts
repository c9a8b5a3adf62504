/** Drafts on this device, each under the account that typed it and the record and act it is for. */
const PREFIX = 'bangfu.draft.';
const nameOf = (accountId: string, key: string) => `${PREFIX}${accountId}.${key}`;

/** What an account kept under a key; nothing that cannot be read. */
export function readDraft(accountId: string, key: string): object {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(accountId, key)) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

/** Keeps values for an account. */
export function keepDraft(accountId: string, key: string, values: object): void {
  try {
    localStorage.setItem(nameOf(accountId, key), JSON.stringify(values));
  } catch {
    // The device's store is full: the form itself goes on.
  }
}

/** Forgets one draft of an account, as when its act is done. */
export const dropDraft = (accountId: string, key: string): void => localStorage.removeItem(nameOf(accountId, key));

const draftsOf = (accountId: string): string[] =>
  Object.keys(localStorage).filter((name) => name.startsWith(nameOf(accountId, '')));

/** How many drafts an account has on this device. */
export const countDrafts = (accountId: string): number => draftsOf(accountId).length;

/** Forgets all drafts of an account, as on a machine that others use too. */
export function wipeDrafts(accountId: string): void {
  for (const name of draftsOf(accountId)) localStorage.removeItem(name);
}
