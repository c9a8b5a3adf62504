import { CheckCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { listMyWork } from '@bangfu/contracts/gateway/county';
import { type BusinessDay } from '@bangfu/domain/shared/time';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatNumber } from '@bangfu/ui/lib/format';
import { useLanguage, useText, useUiText } from '@bangfu/ui/lib/i18n';
import { platformNow, usePlatformDay } from '@bangfu/ui/lib/platform-time';
import { LinkButton } from '@bangfu/ui/link-button';
import { Page } from '@bangfu/ui/page';
import { ProblemPanel } from '@bangfu/ui/problem';
import { serviceText } from '@bangfu/ui/shell-types';
import { Empty, Loading } from '@bangfu/ui/states';
import { Button } from 'antd';
import { Absent } from '../absent.tsx';
import { mayOpen } from '../access.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import { byUrgency, deadlineOn } from './deadline.ts';
import { verbOf } from './verb.ts';
import './my-work.css';

type Work = AnswerOf<typeof listMyWork>;
type Item = Work['items'][number];

const REFRESH_MS = 30_000;

/** The first page after signing in: what waits for me, overdue first, then by deadline. */
export function Component() {
  const t = useText<TextKey>();
  const work = useOperation(listMyWork, {}, { refetchInterval: REFRESH_MS });
  return (
    <Page title={t('place.work')} subtitle={t('work.subtitle')} help={t('work.help')}>
      {work.data && <Absent services={work.data.absent} />}
      <div className="bf-surface">
        {work.data ? (
          <Waiting work={work.data} />
        ) : work.isError ? (
          <ProblemPanel problem={problemOf(work.error)} onRetry={() => void work.refetch()} />
        ) : (
          <Loading />
        )}
      </div>
    </Page>
  );
}

function Waiting({ work }: { readonly work: Work }) {
  const t = useText<TextKey>();
  const today = usePlatformDay();
  if (work.items.length === 0) return <Nothing isWhole={work.absent.length === 0} />;
  const unlisted = work.total - work.items.length;
  return (
    <>
      <ul className="work" aria-label={t('work.list')}>
        {[...work.items].sort(byUrgency).map((item) => (
          <WorkLine key={`${item.service} ${item.id}`} item={item} today={today} />
        ))}
      </ul>
      {unlisted > 0 && <p className="work__more">{t('work.more', { count: formatNumber(unlisted) })}</p>}
    </>
  );
}

function WorkLine({ item, today }: { readonly item: Item; readonly today: BusinessDay }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const verb = verbOf(item.kind, useLanguage());
  const deadline = deadlineOn(item, today);
  const isOver = deadline.key === 'work.overdue';
  return (
    <li className="work__item">
      <div className={isOver ? 'work__due work__due--over' : 'work__due'}>
        <span>
          {isOver && <ExclamationCircleFilled aria-hidden="true" />}{' '}
          {t(deadline.key, 'days' in deadline ? { days: formatNumber(deadline.days) } : {})}
        </span>
        <time dateTime={item.due}>{item.due}</time>
      </div>
      <div className="work__what">
        <h2>{item.title}</h2>
        <p>
          <span className="work__service">{ui(serviceText(item.service))}</span>
          {item.detail}
        </p>
      </div>
      <Button
        className="work__do"
        type={isOver ? 'primary' : 'default'}
        href={item.link}
        aria-label={t('work.doOf', { verb, title: item.title })}
      >
        {verb}
      </Button>
    </li>
  );
}

function Nothing({ isWhole }: { readonly isWhole: boolean }) {
  const t = useText<TextKey>();
  const { grants } = useSession();
  const now = platformNow();
  return (
    <Empty
      icon={<CheckCircleOutlined />}
      title={t(isWhole ? 'work.empty' : 'work.emptyAbsent')}
      hint={t('work.emptyHint')}
      actions={
        <>
          {mayOpen('/mine', grants, now) && <LinkButton to="/mine">{t('place.mine')}</LinkButton>}
          {mayOpen('/search', grants, now) && <LinkButton to="/search">{t('work.toSearch')}</LinkButton>}
          {mayOpen('/county', grants, now) && <LinkButton to="/county">{t('work.toCounty')}</LinkButton>}
        </>
      }
    />
  );
}
