import { INDUSTRY_POLICIES } from '@bangfu/contracts/industry/policies';
import { Policies } from '@bangfu/ui/policies';

/** The policies of this service. */
export function Component() {
  return <Policies declared={INDUSTRY_POLICIES} />;
}
