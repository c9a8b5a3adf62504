import { linkOn, type PairingChain } from '@bangfu/domain/pairing/pairing';
import type { BusinessDay } from '@bangfu/domain/shared/time';
import { conflict } from '@bangfu/platform/http/refusal';

/** The chain is still the one the page showed. @throws Refusal 409 with the helper of now; a chain without one is the rule's matter */
export function demandSameHelper(chain: PairingChain, helperId: string, today: BusinessDay): void {
  const present = linkOn(chain, today);
  if (present && present.helperId !== helperId) throw conflict({ helperId: present.helperId, from: present.from });
}
