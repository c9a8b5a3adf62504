import type { PublicPage } from './page.ts';

/** The public pages; a slice that opens something to all adds its page here. */
export const PUBLIC_PAGES: readonly PublicPage[] = [];
