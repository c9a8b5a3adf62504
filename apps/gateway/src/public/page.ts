import type { Asking, Services } from '../services/ask.ts';
import type { Html } from './html.ts';

/** What a public page is made from: its path's parameters, and the services' operations open to the public. */
export interface PageCall {
  readonly params: Readonly<Record<string, string>>;
  readonly ask: Services['ask'];
  /** Asks without an account: a service answers only what is open to all. */
  readonly asking: Asking;
}

/** A page anyone can read. `listed` puts it on the front page; null from `render` means there is no such thing. */
export interface PublicPage {
  readonly path: string;
  readonly listed: string | null;
  render(call: PageCall): Promise<{ title: string; body: Html } | null>;
}
