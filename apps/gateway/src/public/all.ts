import { dividendNoticePage } from './dividend-notices/dividend-notice-page.ts';
import { dividendNoticesPage } from './dividend-notices/dividend-notices-page.ts';
import { evaluationsPage } from './evaluations/evaluations-page.ts';
import { publicNoticePage } from './notices/notice-page.ts';
import { noticesPage } from './notices/notices-page.ts';
import { objectionPage } from './notices/objection-page.ts';
import type { PublicPage } from './page.ts';
import { satisfactionPage } from './satisfaction/satisfaction-page.ts';
import { verifyFormPage, verifyNumberPage } from './verify/verify-page.ts';

/** The public pages; a slice that opens something to all adds its page here. */
export const PUBLIC_PAGES: readonly PublicPage[] = [
  noticesPage,
  publicNoticePage,
  dividendNoticesPage,
  dividendNoticePage,
  evaluationsPage,
  objectionPage,
  satisfactionPage,
  verifyFormPage,
  verifyNumberPage,
];
