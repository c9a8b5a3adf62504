import { isRouteErrorResponse, useRouteError } from 'react-router';
import { useUiText } from './lib/i18n.ts';
import { isProblem } from './lib/problem.ts';
import { ProblemPanel } from './problem.tsx';
import { Missing } from './states.tsx';

/** What a route shows when it cannot be drawn: the server's problem, a missing page, or a plain failure. */
export function RouteFailure() {
  const t = useUiText();
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <Missing />;
  const problem = isProblem(error) ? error : { title: t('problem.title') };
  return <ProblemPanel problem={problem} onRetry={() => window.location.reload()} />;
}
