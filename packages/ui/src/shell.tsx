import { PHONE, useMedia } from './lib/appearance.ts';
import { useUiText } from './lib/i18n.ts';
import { BottomBar, SidePlaces } from './shell-places.tsx';
import { TopBar } from './shell-top.tsx';
import type { ShellProps } from './shell-types.tsx';
import './shell.css';
import './shell-phone.css';

export { SERVICES, serviceAddress } from './shell-types.tsx';
export type { Place, PlaceGroup, ServiceName, ShellProps, ShellSession, ShellTodos } from './shell-types.tsx';

/** The frame of every front end: top bar, this service's places, page area; a bottom bar on phones. */
export function Shell(props: ShellProps) {
  const t = useUiText();
  const phone = useMedia(PHONE);
  return (
    <div className={phone ? 'bf-shell bf-shell--phone' : 'bf-shell'}>
      <a className="bf-skip" href="#main">
        {t('shell.skip')}
      </a>
      <TopBar {...props} phone={phone} />
      {props.online === false && (
        <div className="bf-offline" role="status">
          <strong>{t('state.offline')}</strong>
          {t('state.offlineHint')}
        </div>
      )}
      <div className="bf-body">
        {!phone && <SidePlaces groups={props.places} />}
        <main className="bf-main" id="main" tabIndex={-1}>
          {props.children}
        </main>
      </div>
      {phone && <BottomBar groups={props.places} unsent={props.unsent ?? 0} />}
    </div>
  );
}
