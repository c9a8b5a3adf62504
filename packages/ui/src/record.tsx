import type { BusinessDay } from '@bangfu/domain/shared/time';
import { Button, Descriptions } from 'antd';
import { createContext, type ReactNode, useEffect } from 'react';
import { DateField } from './date-field.tsx';
import { formatMoment } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import './record.css';

interface RecordHeaderProps {
  readonly name: string;
  /** Number under which the field knows it: 户编号. */
  readonly number: string;
  readonly place: string;
  readonly mark?: ReactNode;
  /** Further short facts: members, helper. */
  readonly facts?: readonly string[];
  readonly actions?: ReactNode;
  /** "As it was on": the day looked at, or null for now. */
  readonly asOn?: {
    readonly day: BusinessDay | null;
    readonly today: BusinessDay;
    readonly onChange: (day: BusinessDay | null) => void;
  };
  readonly sections?: readonly { readonly id: string; readonly title: string; readonly count?: number }[];
}

/** The header of a record, which stays while its sections are read. */
export function RecordHeader({
  name,
  number,
  place,
  mark,
  facts = [],
  actions,
  asOn,
  sections = [],
}: RecordHeaderProps) {
  const t = useUiText();
  useEffect(() => {
    document.title = `${name} ${number}`;
  }, [name, number]);
  return (
    <header className="bf-record">
      <div className="bf-record__line">
        <h1 className="bf-record__name">{name}</h1>
        {mark}
        <span className="bf-record__number">{number}</span>
        <span className="bf-record__place">{[place, ...facts].join(' · ')}</span>
        <span className="bf-record__actions">
          {asOn && <DateField label={t('record.asOn')} value={asOn.day} max={asOn.today} onChange={asOn.onChange} />}
          {actions}
        </span>
      </div>
      {asOn?.day && (
        <p className="bf-record__past" role="status">
          {t('record.asOnNotice', { day: asOn.day })}
          <Button type="link" size="small" onClick={() => asOn.onChange(null)}>
            {t('record.asOnNow')}
          </Button>
        </p>
      )}
      {sections.length > 0 && (
        <nav className="bf-record__sections" aria-label={t('record.sections')}>
          {sections.map((section) => (
            <a key={section.id} href={`#${section.id}`}>
              {section.title}
              {section.count !== undefined && <span className="bf-record__count">{section.count}</span>}
            </a>
          ))}
        </nav>
      )}
    </header>
  );
}

interface RecordSectionProps {
  readonly id: string;
  readonly title: string;
  /** Which service knows this, when it is another's. */
  readonly source?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The title of the section that a block stands in, so that a list of the same name is no second landmark. */
export const SectionTitle = createContext<string | null>(null);

/** One section of a record, in the order of the paper form. */
export function RecordSection({ id, title, source, actions, children }: RecordSectionProps) {
  const t = useUiText();
  return (
    <section className="bf-section bf-surface" id={id} aria-labelledby={`${id}-title`}>
      <div className="bf-section__head">
        <h2 id={`${id}-title`}>{title}</h2>
        {source && <span className="bf-section__source">{t('record.source', { source })}</span>}
        <span className="bf-section__actions">{actions}</span>
      </div>
      <div className="bf-section__body">
        <SectionTitle value={title}>{children}</SectionTitle>
      </div>
    </section>
  );
}

export interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  readonly wide?: boolean;
}

/** Facts side by side as on the form: label, value; three columns on a desk, one on a phone. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, lg: 3, xxl: 4 }}
      items={facts.map((fact) => ({
        key: fact.label,
        label: fact.label,
        children: fact.value ?? '—',
        ...(fact.wide && { span: 'filled' as const }),
      }))}
    />
  );
}

export interface TimelineEntry {
  readonly id: string;
  /** ISO instant. */
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly why?: string;
  readonly changes?: readonly { readonly field: string; readonly before: ReactNode; readonly after: ReactNode }[];
}

/** What happened to a record, newest first as given: before → after, who and why. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }) {
  const t = useUiText();
  return (
    <ol className="bf-timeline">
      {entries.map((entry) => (
        <li key={entry.id}>
          <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
          <div>
            <p className="bf-timeline__what">
              <strong>{entry.what}</strong>
              <span>{entry.who}</span>
            </p>
            {entry.changes?.map((change) => (
              <p className="bf-timeline__change" key={change.field}>
                <span className="bf-timeline__field">{change.field}</span>
                <del aria-label={t('record.before')}>{change.before ?? '—'}</del>
                <span aria-hidden="true">→</span>
                <ins aria-label={t('record.after')}>{change.after ?? '—'}</ins>
              </p>
            ))}
            {entry.why && <p className="bf-timeline__why">{t('record.why', { why: entry.why })}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
