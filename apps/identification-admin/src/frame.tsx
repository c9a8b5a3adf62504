import { changeLanguage } from '@bangfu/ui/lib/i18n';
import { Shell } from '@bangfu/ui/shell';
import { Outlet } from 'react-router';
import { usePlaces } from './places.tsx';

const leave = (path: string) => window.location.assign(path);

/** The shared shell with this service's places around every page. */
export function Frame() {
  return (
    <Shell
      county=""
      service="identification"
      places={usePlaces()}
      session={{ name: '', role: '' }}
      todos={{ count: 0, overdue: 0 }}
      jobs={[]}
      onSearch={(text) => leave(`/search?q=${encodeURIComponent(text)}`)}
      onLanguage={changeLanguage}
      onChangePassword={() => leave('/password')}
      onSignOut={() => leave('/sign-out')}
    >
      <Outlet />
    </Shell>
  );
}
