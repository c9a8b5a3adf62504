import { useSession } from '@bangfu/ui/app-frame';
import { Loading } from '@bangfu/ui/states';
import { useEffect } from 'react';
import { Component as MyWork } from '../work/my-work.tsx';
import { firstPageOf } from './first-page.ts';
import { HouseholdHome } from './household-home.tsx';

/** The page behind the address alone: each begins with what is his. */
export function Component() {
  const first = firstPageOf(useSession().grants);
  if (first === 'household') return <HouseholdHome />;
  return first === 'helped' ? <ToHelped /> : <MyWork />;
}

/** Whom somebody helps is shown by pairing. */
function ToHelped() {
  useEffect(() => {
    window.location.replace('/pairing/');
  }, []);
  return <Loading />;
}
