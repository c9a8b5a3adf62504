import { getMyHousehold } from '@bangfu/contracts/gateway/county';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Loading } from '@bangfu/ui/states';
import { Navigate } from 'react-router';

/** A household's way to its own file. */
export function Component() {
  const mine = useOperation(getMyHousehold);
  if (mine.data) return <Navigate to={`/dossiers/${mine.data.householdNumber}`} replace />;
  if (mine.isError) return <ProblemPanel problem={problemOf(mine.error)} onRetry={() => void mine.refetch()} />;
  return <Loading />;
}
