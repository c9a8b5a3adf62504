import { PrinterOutlined } from '@ant-design/icons';
import type { Dossier } from '@bangfu/contracts/core/every-service';
import { getDossier } from '@bangfu/contracts/gateway/county';
import { useSession } from '@bangfu/ui/app-frame';
import { problemOf, useOperation } from '@bangfu/ui/lib/data';
import { formatMoment } from '@bangfu/ui/lib/format';
import { useText, useUiText } from '@bangfu/ui/lib/i18n';
import { ProblemPanel } from '@bangfu/ui/problem';
import { Facts, RecordHeader, RecordSection } from '@bangfu/ui/record';
import { serviceText } from '@bangfu/ui/shell-types';
import { Empty, Loading, Missing } from '@bangfu/ui/states';
import { type HouseholdStatus, StatusMark } from '@bangfu/ui/status-mark';
import { Button } from 'antd';
import { useParams } from 'react-router';
import { Absent } from '../absent.tsx';
import { useOffered } from '../offered.ts';
import type { TextKey } from '../texts.zh-CN.ts';
import { firstPageOf } from '../first/first-page.ts';
import { type DossierAnswer, type DossierEvent, mergedTimeline, registerFact } from './merge.ts';
import './dossier.css';

type Part = DossierAnswer['parts'][number];
type Section = Dossier['sections'][number];

/** The register's words for a household's status, and the national marks. */
const MARKS: Readonly<Record<string, HouseholdStatus>> = {
  一般农户: 'ordinary',
  贫困户: 'registered',
  脱贫户: 'exited',
  返贫户: 'returned',
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A household across all services on one page: what each holds, with its source, and one time line. */
export function Component() {
  const { householdNumber = '' } = useParams();
  const found = useOperation(getDossier, { params: { householdNumber } });
  if (found.data && !found.isPlaceholderData) return <DossierPage answer={found.data} />;
  if (!found.isError) return <Loading />;
  const problem = problemOf(found.error);
  if (problem.status === 404) return <Missing />;
  return <ProblemPanel problem={problem} onRetry={() => void found.refetch()} />;
}

function DossierPage({ answer }: { readonly answer: DossierAnswer }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const isHousehold = firstPageOf(useSession().grants) === 'household';
  const events = mergedTimeline(answer);
  const status = registerFact(answer, '户状态');
  const mark = status === null ? undefined : MARKS[status];
  const known = answer.parts.filter((part) => part.dossier);
  return (
    <div className={isHousehold ? 'dossier dossier--large' : 'dossier'}>
      <RecordHeader
        name={registerFact(answer, '户主') ?? t('dossier.title')}
        number={answer.householdNumber}
        place={registerFact(answer, '住址') ?? ''}
        {...(mark && { mark: <StatusMark status={mark} /> })}
        actions={
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('dossier.print')}
          </Button>
        }
        sections={[
          ...known.map(({ service }) => ({ id: service, title: ui(serviceText(service)) })),
          { id: 'timeline', title: t('dossier.timeline'), count: events.length },
        ]}
      />
      <Absent services={answer.parts.filter((part) => part.absent).map((part) => part.service)} />
      {known.map((part) => (
        <ServiceSections key={part.service} part={part} />
      ))}
      <RecordSection id="timeline" title={t('dossier.timeline')}>
        {events.length === 0 ? <Empty title={t('dossier.noTimeline')} small /> : <Events events={events} />}
      </RecordSection>
    </div>
  );
}

function ServiceSections({ part }: { readonly part: Part }) {
  const t = useText<TextKey>();
  const ui = useUiText();
  const service = ui(serviceText(part.service));
  const [first, ...others] = part.dossier?.sections ?? [];
  const open = useOffered()(part.service) && (
    <Button type="link" href={part.dossier?.link ?? ''}>
      {t('dossier.open', { service })}
    </Button>
  );
  if (!first) {
    return (
      <RecordSection id={part.service} title={service} actions={open}>
        <p className="dossier__none">{t('dossier.noSections', { service })}</p>
      </RecordSection>
    );
  }
  return (
    <>
      <RecordSection id={part.service} title={first.title} source={service} actions={open}>
        <SectionBody section={first} />
      </RecordSection>
      {others.map((section) => (
        <RecordSection key={section.key} id={`${part.service}-${section.key}`} title={section.title} source={service}>
          <SectionBody section={section} />
        </RecordSection>
      ))}
    </>
  );
}

function SectionBody({ section }: { readonly section: Section }) {
  const { facts, table, title } = section;
  return (
    <>
      {facts.length > 0 && <Facts facts={facts} />}
      {table && table.rows.length > 0 && <SectionTable title={title} table={table} />}
    </>
  );
}

interface SectionTableProps {
  readonly title: string;
  readonly table: NonNullable<Section['table']>;
}

function SectionTable({ title, table: { columns, rows } }: SectionTableProps) {
  const t = useText<TextKey>();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways must be reachable by keyboard
    <div className="dossier__scroll" role="region" aria-label={t('dossier.rows', { title })} tabIndex={0}>
      <table className="dossier__table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, at) => (
                <td key={columns[at] ?? at} data-label={columns[at]}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Events({ events }: { readonly events: readonly DossierEvent[] }) {
  const ui = useUiText();
  return (
    <ol className="bf-timeline">
      {events.map((event, at) => (
        <li key={`${event.service} ${event.at} ${at}`}>
          <time dateTime={event.at}>{DAY.test(event.at) ? event.at : formatMoment(event.at)}</time>
          <div>
            <p className="bf-timeline__what">
              <strong>{event.title}</strong>
              <span>{ui(serviceText(event.service))}</span>
            </p>
            {event.detail && <p>{event.detail}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
