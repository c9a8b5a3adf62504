import { EVALUATION_POLICIES } from '@bangfu/contracts/evaluation/policies';
import { Policies } from '@bangfu/ui/policies';

/** The policies of this service. */
export function Component() {
  return <Policies declared={EVALUATION_POLICIES} />;
}
