import { CheckOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { formatDay, formatMoment, splitDuration } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import './case-steps.css';

export interface CaseStep {
  readonly key: string;
  readonly title: string;
  readonly state: 'done' | 'current' | 'waiting' | 'stopped';
  /** Day it was done, or begun. */
  readonly day?: string;
  readonly who?: string;
  /** One line: "公示中，已收到 0 条异议". */
  readonly note?: string;
}

const HOUR_MS = 3_600_000;

interface CaseStepsProps {
  readonly steps: readonly CaseStep[];
  /** ISO instants; the clock shows what is left of it in days and hours. */
  readonly clock?: { readonly deadline: string; readonly now: string };
  /** What the next step still needs; each may lead to where it is entered. */
  readonly missing: readonly { readonly label: string; readonly href?: string }[];
  readonly who: readonly { readonly name: string; readonly role: string }[];
  /** The buttons of the next step: ReasonedButton. */
  readonly actions?: ReactNode;
}

function CaseClock({ deadline, now }: NonNullable<CaseStepsProps['clock']>) {
  const t = useUiText();
  const rest = Date.parse(deadline) - Date.parse(now);
  const over = rest < 0;
  // A begun hour still counts, as in the lists: nothing may be closed before its time.
  const { days, hours } = splitDuration(over ? rest : Math.ceil(rest / HOUR_MS) * HOUR_MS);
  return (
    <p className={over ? 'bf-clock bf-clock--over' : 'bf-clock'}>
      {over && <ExclamationCircleOutlined aria-hidden="true" />}
      <strong>{t(over ? 'case.over' : 'case.left', { left: t('duration.daysHours', { days, hours }) })}</strong>
      <span>{t('case.deadline', { moment: formatMoment(deadline) })}</span>
    </p>
  );
}

/** A case: its steps with dates, the clock, what the next step still needs, who can do it, and its buttons. */
export function CaseSteps({ steps, clock, missing, who, actions }: CaseStepsProps) {
  const t = useUiText();
  // Nothing is left to do, so there is no next step to speak of.
  const ended = missing.length === 0 && steps.every((step) => step.state === 'done');
  return (
    <div className="bf-case">
      <ol className="bf-steps" aria-label={t('case.steps')}>
        {steps.map((step, index) => (
          <li
            key={step.key}
            className={`bf-step bf-step--${step.state}`}
            aria-current={step.state === 'current' ? 'step' : undefined}
          >
            <span className="bf-step__mark" aria-hidden="true">
              {step.state === 'done' ? <CheckOutlined /> : index + 1}
            </span>
            <span className="bf-step__title">{step.title}</span>
            <span className="bf-step__state">
              {t(`case.${step.state}`)}
              {step.day && ` ${formatDay(step.day)}`}
            </span>
            {step.who && <span className="bf-step__who">{step.who}</span>}
            {step.note && <span className="bf-step__note">{step.note}</span>}
          </li>
        ))}
      </ol>
      {ended ? (
        actions && <div className="bf-case__actions">{actions}</div>
      ) : (
        <div className="bf-case__next">
          {clock && <CaseClock {...clock} />}
          <div className="bf-case__columns">
            <section>
              <h2>{t('case.missing')}</h2>
              {missing.length === 0 ? (
                <p>{t('case.nothingMissing')}</p>
              ) : (
                <ul>
                  {missing.map((m) => (
                    <li key={m.label}>{m.href ? <a href={m.href}>{m.label}</a> : m.label}</li>
                  ))}
                </ul>
              )}
            </section>
            <section>
              <h2>{t('case.who')}</h2>
              <ul>
                {who.map((person) => (
                  <li key={`${person.name}${person.role}`}>
                    {person.name} <span className="bf-case__role">{person.role}</span>
                  </li>
                ))}
              </ul>
            </section>
          </div>
          {actions && <div className="bf-case__actions">{actions}</div>}
        </div>
      )}
    </div>
  );
}
