import { AppFrame } from '@bangfu/ui/app-frame';
import { Outlet } from 'react-router';
import { usePlaces } from './places.tsx';

/** The shared shell with this service's places around every page. */
export function Frame() {
  return (
    <AppFrame service="evaluation" places={usePlaces()}>
      <Outlet />
    </AppFrame>
  );
}
