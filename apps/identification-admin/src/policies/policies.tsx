import { IDENTIFICATION_POLICIES } from '@bangfu/contracts/identification/policies';
import { Policies } from '@bangfu/ui/policies';

/** The policies of this service. */
export function Component() {
  return <Policies declared={IDENTIFICATION_POLICIES} />;
}
