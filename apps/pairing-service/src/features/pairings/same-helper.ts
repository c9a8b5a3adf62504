import type { PairingChain } from '@bangfu/domain/pairing/pairing';
import { conflict } from '@bangfu/service-kit/http/refusal';

/** The chain is still the one the page showed. @throws Refusal 409 with the helper of now; a chain without one is the rule's matter */
export function demandSameHelper(chain: PairingChain, helperId: string): void {
  const open = chain.links.find((link) => link.until === undefined);
  if (open && open.helperId !== helperId) throw conflict({ helperId: open.helperId, from: open.from });
}
