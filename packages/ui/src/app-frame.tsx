import { opensTo } from '@bangfu/contracts/core/access';
import { rememberCsrf } from '@bangfu/contracts/core/browser';
import type { Job as ServiceJob } from '@bangfu/contracts/core/every-service';
import { everyService } from '@bangfu/contracts/core/every-service';
import { SERVICES, type ServiceName } from '@bangfu/contracts/core/operation';
import { isOffered } from '@bangfu/contracts/core/service-access';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import { listMyWork } from '@bangfu/contracts/gateway/county';
import { getSession, type Session } from '@bangfu/contracts/gateway/session';
import { roleName } from '@bangfu/domain/shared/roles';
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { createContext, Fragment, type ReactNode, useContext, useEffect, useState } from 'react';
import { Navigate, useLocation } from 'react-router';
import { problemOf, useOperation } from './lib/data.ts';
import { changeLanguage, useLanguage } from './lib/i18n.ts';
import { useOnline } from './lib/online.ts';
import { platformNow, rememberPlatformTime } from './lib/platform-time.ts';
import { isNotSignedIn, useSessionEnded } from './lib/session-end.ts';
import { followTabs } from './lib/tabs.ts';
import type { Job } from './job-tray.tsx';
import { ProblemPanel } from './problem.tsx';
import { type PlaceGroup, Shell } from './shell.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import { useSignOut } from './sign-out.tsx';
import { Forbidden, Loading } from './states.tsx';

const SessionContext = createContext<Session | null>(null);

/** Who is signed in. @throws Error outside of the frame */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no session outside of the frame');
  return session;
}

const leave = (path: string) => window.location.assign(path);
const FOLLOW_MS = 3_000;

interface AppFrameProps {
  readonly service: ServiceName | 'portal';
  readonly places: readonly PlaceGroup[];
  readonly children: ReactNode;
}

const toSignIn = () => leave(`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);

/**
 * The shared shell around a signed-in person's pages. Without a session it leads to the sign-in and back; a session
 * that ends while the page is open is begun again in place, over the page and what was typed on it.
 */
export function AppFrame({ service, places, children }: AppFrameProps) {
  const session = useOperation(getSession);
  const client = useQueryClient();
  const hasEnded = useSessionEnded();
  useEffect(() => {
    const stop = followTabs(client);
    return () => stop();
  }, [client]);
  // What was refused meanwhile is asked for again, here and where another tab signed in.
  useEffect(() => {
    if (!hasEnded) return;
    return () => void client.invalidateQueries();
  }, [client, hasEnded]);

  if (!session.data && isNotSignedIn(session.error)) {
    toSignIn();
    return <Loading />;
  }
  if (session.isError && !session.data) {
    return <ProblemPanel problem={problemOf(session.error)} onRetry={() => void session.refetch()} />;
  }
  if (!session.data) return <Loading />;
  rememberCsrf(session.data.csrf);
  rememberPlatformTime(session.data.asOf);
  return (
    <SessionContext.Provider value={session.data}>
      <SignedIn service={service} places={places} session={session.data}>
        {children}
      </SignedIn>
      {hasEnded && <SignInAgain account={session.data.account} onOther={toSignIn} />}
    </SessionContext.Provider>
  );
}

function SignedIn({ service, places, session, children }: AppFrameProps & { readonly session: Session }) {
  const work = useOperation(listMyWork);
  const jobs = useJobs(service);
  const signOut = useSignOut(session.account.id, leave);
  const items = work.data?.items ?? [];
  const now = platformNow().getTime();
  const online = useOnline();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const maySearch = opensTo(listHouseholds.access, session.grants, now);
  const { pathname } = useLocation();
  const { notification } = App.useApp();
  // What was said of a page leaves with it.
  useEffect(() => {
    return () => notification.destroy();
  }, [notification, pathname]);
  // What is on the page belongs to who opened it: another person begins with a page of his own.
  const [opener] = useState(session.account.id);
  const isOther = session.account.id !== opener;
  useEffect(() => {
    if (isOther) window.location.reload();
  }, [isOther]);
  if (isOther) return <Loading />;
  return (
    <Shell
      county={session.county.name || session.county.code}
      service={service}
      services={servicesOf(session, service)}
      places={openPlaces(places, session.grants, now)}
      session={{ name: session.account.name, role: roleOf(session, language) }}
      todos={{ count: work.data?.total ?? 0, overdue: items.filter((item) => item.overdue).length }}
      jobs={session.grants.every(({ role }) => role === 'household') ? null : jobs}
      online={online}
      onSearch={maySearch ? (text) => leave(`/search?q=${encodeURIComponent(text)}`) : null}
      onLanguage={changeLanguage}
      onSignOut={signOut.act}
    >
      {signOut.question}
      <Opened places={places} grants={session.grants} now={now}>
        {/* Another record under the same kind of address is another page: nothing of the former one stays on it. */}
        <Fragment key={pathname}>{children}</Fragment>
      </Opened>
    </Shell>
  );
}

/** The page asked for. A place that no grant opens says so; from the front page it leads on to the first one that opens. */
function Opened(props: {
  readonly places: readonly PlaceGroup[];
  readonly grants: Session['grants'];
  readonly now: number;
  readonly children: ReactNode;
}) {
  const { places, grants, now, children } = props;
  const { pathname } = useLocation();
  const language = useLanguage() === 'en' ? 'en' : 'zh';
  const here = places.flatMap((group) => group.places).find(({ path }) => path === pathname)?.opens;
  if (!here || opensTo(here.access, grants, now)) return children;
  const [first] = openPlaces(places, grants, now).flatMap((group) => group.places);
  if (pathname === '/' && first) return <Navigate to={first.path} replace />;
  const roles = typeof here.access === 'string' ? [] : here.access.map((role) => roleName(role, language));
  return (
    <div className="bf-surface">
      <Forbidden roles={roles} />
    </div>
  );
}

/** The places the person's grants open; a group that has none left is left out. */
export function openPlaces(groups: readonly PlaceGroup[], grants: Session['grants'], now: number): PlaceGroup[] {
  return groups
    .map((group) => ({
      ...group,
      places: group.places.filter(({ opens }) => !opens || opensTo(opens.access, grants, now)),
    }))
    .filter(({ places }) => places.length > 0);
}

/** What the top bar offers: the portal, the services the grants open, and the one that is open already. */
function servicesOf({ grants }: Session, open: ServiceName | 'portal') {
  return ['portal' as const, ...SERVICES.filter((name) => name === open || isOffered(grants, name))];
}

function roleOf(session: Session, language: 'zh' | 'en'): string {
  const names = new Set(session.grants.map(({ role }) => roleName(role, language)));
  return [...names].join(language === 'zh' ? '、' : ', ');
}

/** The running and lately ended jobs of the service in front; the portal shows identification's, where imports run. */
function useJobs(service: ServiceName | 'portal'): Job[] {
  const owner = SERVICES.find((name) => name === service) ?? 'identification';
  const ops = everyService(owner);
  const list = useOperation(ops.listJobs, {}, { refetchInterval: FOLLOW_MS });
  return (list.data?.rows ?? []).slice(0, 8).map((job) => asTrayJob(job));
}

/** A service's job as the tray shows it, with its rate since it began. */
function asTrayJob(job: ServiceJob): Job {
  const common = { id: job.id, title: job.title };
  if (job.state === 'waiting') return { ...common, state: 'queued' };
  if (job.state === 'running') return { ...common, state: 'working', ...jobFigures(job) };
  if (job.state === 'failed') return { ...common, state: 'failed', message: job.problem?.title ?? '' };
  return { ...common, state: job.state };
}

/** How far a running job's stage is. */
export function jobFigures(job: ServiceJob): {
  done: number;
  total?: number;
  ratePerSecond?: number;
  secondsLeft?: number;
} {
  const seconds = job.startedAt ? (platformNow().getTime() - Date.parse(job.startedAt)) / 1000 : 0;
  const rate = seconds > 0 ? Math.round(job.done / seconds) : 0;
  return {
    done: job.done,
    ...(job.total === null ? {} : { total: job.total }),
    ...(rate > 0 ? { ratePerSecond: rate } : {}),
    ...(rate > 0 && job.total !== null ? { secondsLeft: Math.max(0, (job.total - job.done) / rate) } : {}),
  };
}
