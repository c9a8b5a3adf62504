import { getSession } from '@bangfu/contracts/gateway/session';
import { AppFrame, useSession } from '@bangfu/ui/app-frame';
import { useOperation } from '@bangfu/ui/lib/data';
import { useText } from '@bangfu/ui/lib/i18n';
import { platformNow } from '@bangfu/ui/lib/platform-time';
import { Forbidden } from '@bangfu/ui/states';
import { Navigate, Outlet, useLocation } from 'react-router';
import { accessOf, mayOpen, rolesOf } from './access.ts';
import { usePlaces } from './places.tsx';
import type { TextKey } from './texts.zh-CN.ts';

/** The shared shell with the portal's places around every page. */
export function Frame() {
  const grants = useOperation(getSession).data?.grants ?? [];
  return (
    <AppFrame service="portal" places={usePlaces(grants)}>
      <Gate />
    </AppFrame>
  );
}

/** The page asked for; first the own password where it must be changed, and a plain word where no grant opens it. */
function Gate() {
  const t = useText<TextKey>();
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.mustChangePassword) {
    return <Navigate to={`/password?next=${encodeURIComponent(pathname + search)}`} replace />;
  }
  if (!mayOpen(pathname, session.grants, platformNow())) {
    return (
      <div className="bf-surface">
        <Forbidden roles={rolesOf(accessOf(pathname)).map((role) => t(`role.${role}`))} />
      </div>
    );
  }
  return <Outlet />;
}
