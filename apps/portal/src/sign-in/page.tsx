import { getCounty } from '@bangfu/contracts/gateway/county';
import { getSession, signIn } from '@bangfu/contracts/gateway/session';
import { problemOf, useCommand, useOperation } from '@bangfu/ui/lib/data';
import { useUiText } from '@bangfu/ui/lib/i18n';
import { SignIn } from '@bangfu/ui/sign-in';
import { useEffect } from 'react';
import { nextPath } from './next.ts';

/** The sign-in: leads to what was asked for, or first to an own password where one was handed over. */
export function Component() {
  const ui = useUiText();
  const next = nextPath(window.location.search, window.location.origin);
  const here = useOperation(getSession);
  const county = useOperation(getCounty);
  const begin = useCommand(signIn, {
    refresh: async () => undefined,
    onDone: (session) => {
      window.location.assign(session.mustChangePassword ? `/password?next=${encodeURIComponent(next)}` : next);
    },
  });
  const isSignedIn = here.data !== undefined;
  useEffect(() => {
    document.title = `${ui('signIn.submit')} · ${ui('product.name')}`;
  });
  useEffect(() => {
    if (isSignedIn) window.location.replace(next);
  }, [isSignedIn, next]);
  return (
    <SignIn
      county={county.data?.name ?? ''}
      busy={begin.isPending || begin.isSuccess}
      problem={begin.isError ? problemOf(begin.error) : null}
      onSubmit={({ account, password }) => begin.mutate({ body: { username: account.trim(), password } })}
    />
  );
}
