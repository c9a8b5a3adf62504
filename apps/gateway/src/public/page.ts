import type { Asking, Services } from '../services/ask.ts';
import type { Html } from './html.ts';

/** What a public page is made from: its address, and the services' operations open to the public. */
export interface PageCall {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly ask: Services['ask'];
  /** Asks without an account: a service answers only what is open to all. */
  readonly asking: Asking;
  /** The full address at which anyone can check a paper's number. */
  readonly verifyAddress: (number: string) => string;
}

/** A page as it was made; null means there is no such thing. A page may say itself that what it was asked for is not there. */
export type MadePage = { readonly title: string; readonly body: Html; readonly status?: 404 } | null;

/** A page anyone can read. `listed` puts it on the front page. */
export interface PublicPage {
  readonly path: string;
  readonly listed: string | null;
  render(call: PageCall): Promise<MadePage>;
  /** Takes what a form on the page sent, under the limit for public acts, and makes the page that answers it. */
  submit?(call: PageCall & { readonly form: Readonly<Record<string, string>> }): Promise<MadePage>;
}
