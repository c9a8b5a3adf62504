import type { PublicPage } from './pages.ts';

/** The public pages; a slice that opens something to all adds its page here. */
export const PUBLIC_PAGES: readonly PublicPage[] = [];
