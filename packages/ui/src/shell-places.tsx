import { EllipsisOutlined } from '@ant-design/icons';
import { Badge, Drawer } from 'antd';
import { useState } from 'react';
import { NavLink } from 'react-router';
import { useUiText } from './lib/i18n.ts';
import type { Place, PlaceGroup } from './shell-types.tsx';

const BAR = 5;

function PlaceLink({ place, onGo }: { readonly place: Place; readonly onGo?: () => void }) {
  return (
    <NavLink className="bf-place" to={place.path} end={place.path === '/'} onClick={onGo}>
      <span className="bf-place__icon" aria-hidden="true">
        {place.icon}
      </span>
      <span className="bf-place__label">{place.label}</span>
      {place.count ? <span className="bf-place__count">{place.count > 999 ? '999+' : place.count}</span> : null}
    </NavLink>
  );
}

function Groups({ groups, onGo }: { readonly groups: readonly PlaceGroup[]; readonly onGo?: () => void }) {
  return groups.map((group, index) => (
    // A group, no landmark: the list of a place often has its group's name.
    <div className="bf-places__group" key={group.label ?? index} role="group" aria-label={group.label}>
      {group.label && <h2 className="bf-places__title">{group.label}</h2>}
      {group.places.map((place) => (
        <PlaceLink key={place.path} place={place} {...(onGo && { onGo })} />
      ))}
    </div>
  ));
}

/** This service's places at the left, grouped. */
export function SidePlaces({ groups }: { readonly groups: readonly PlaceGroup[] }) {
  const t = useUiText();
  return (
    <nav className="bf-places" aria-label={t('shell.places')}>
      <Groups groups={groups} />
    </nav>
  );
}

/** The phone's bar: up to five places under the thumb, a drawer for the rest. */
export function BottomBar({ groups, unsent }: { readonly groups: readonly PlaceGroup[]; readonly unsent: number }) {
  const t = useUiText();
  const [open, setOpen] = useState(false);
  const all = groups.flatMap((group) => group.places);
  const ordered = [...all.filter((p) => p.phone), ...all.filter((p) => !p.phone)];
  const needsMore = ordered.length > BAR;
  const shown = needsMore ? ordered.slice(0, BAR - 1) : ordered;
  return (
    <>
      <nav className="bf-bottom" aria-label={t('shell.places')}>
        {shown.map((place, index) => (
          <NavLink className="bf-bottom__item" key={place.path} to={place.path} end={place.path === '/'}>
            <Badge
              count={index === 0 ? unsent : (place.count ?? 0)}
              size="small"
              color="var(--ant-color-primary)"
              title={index === 0 ? t('shell.unsent', { count: unsent }) : ''}
            >
              <span className="bf-bottom__icon" aria-hidden="true">
                {place.icon}
              </span>
            </Badge>
            <span className="bf-bottom__label">{place.label}</span>
          </NavLink>
        ))}
        {needsMore && (
          <button type="button" className="bf-bottom__item" aria-expanded={open} onClick={() => setOpen(true)}>
            <span className="bf-bottom__icon" aria-hidden="true">
              <EllipsisOutlined />
            </span>
            <span className="bf-bottom__label">{t('shell.more')}</span>
          </button>
        )}
      </nav>
      <Drawer
        title={t('shell.places')}
        placement="bottom"
        size="large"
        open={open}
        onClose={() => setOpen(false)}
        closable={{ 'aria-label': t('common.close') }}
      >
        <nav className="bf-places bf-places--drawer" aria-label={t('shell.more')}>
          <Groups groups={groups} onGo={() => setOpen(false)} />
        </nav>
      </Drawer>
    </>
  );
}
