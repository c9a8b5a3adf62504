import { PAIRING_POLICIES } from '@bangfu/contracts/pairing/policies';
import { Policies } from '@bangfu/ui/policies';

/** The policies of this service. */
export function Component() {
  return <Policies declared={PAIRING_POLICIES} />;
}
