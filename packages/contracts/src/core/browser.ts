import type { Connection } from './client.ts';

/** What a page signed in by its cookie adds to every call: the CSRF header the session named, and the language. */
let csrf: { header: string; token: string } | null = null;

/** Remembers the CSRF header of the session just read or begun. */
export function rememberCsrf(given: { header: string; token: string }): void {
  csrf = given;
}

/** The connection of a page to the gateway it came from. */
export const browserConnection: Connection = {
  baseUrl: '',
  headers: () => ({
    'accept-language': document.documentElement.lang || 'zh-CN',
    ...(csrf ? { [csrf.header]: csrf.token } : {}),
  }),
};
