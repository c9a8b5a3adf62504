import { TRAINING_POLICIES } from '@bangfu/contracts/training/policies';
import { Policies } from '@bangfu/ui/policies';

/** The policies of this service. */
export function Component() {
  return <Policies declared={TRAINING_POLICIES} />;
}
