import type { QueryClient } from '@tanstack/react-query';

/** How the tabs of one browser say to each other whose answers have changed; a tab does not hear itself. */
let shared: BroadcastChannel | null = null;

function channel(): BroadcastChannel {
  shared ??= new BroadcastChannel('bangfu.changed');
  return shared;
}

/** Says to the other tabs that an owner's records have changed, so that none of them shows what is no longer so. */
export const tellTabs = (owner: string): void => channel().postMessage(owner);

/** Asks an owner's answers again whenever another tab has changed them; the function handed back ends it. */
export function followTabs(client: QueryClient): () => void {
  const follow = ({ data }: MessageEvent<unknown>) => void client.invalidateQueries({ queryKey: [data] });
  channel().addEventListener('message', follow);
  return () => channel().removeEventListener('message', follow);
}
