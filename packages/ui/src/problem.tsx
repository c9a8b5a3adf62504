import { ExclamationCircleFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useUiText } from './lib/i18n.ts';
import type { Problem } from './lib/problem.ts';
import './problem.css';

interface ProblemPanelProps {
  readonly problem: Problem;
  /** What is safe, when more is known than that saved data is untouched. */
  readonly safe?: string;
  /** What to do, when trying once more would not help. */
  readonly next?: string;
  readonly onRetry?: () => void;
  /** What the button says that does it: to read again unless it leads elsewhere. */
  readonly retry?: string;
}

/** The failed state: what happened, what is safe, what to do, and the number to quote. */
export function ProblemPanel({ problem, safe, next, onRetry, retry }: ProblemPanelProps) {
  const t = useUiText();
  const faults = [...new Set(problem.errors?.map(({ message }) => message))];
  return (
    <div className="bf-problem" role="alert">
      <ExclamationCircleFilled className="bf-problem__icon" aria-hidden="true" />
      <div className="bf-problem__text">
        <p className="bf-problem__title">{problem.title || t('problem.title')}</p>
        {faults.length > 1 ? (
          <ul className="bf-problem__faults">
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        ) : (
          problem.detail && problem.detail !== problem.title && <p>{problem.detail}</p>
        )}
        <p className="bf-problem__safe">{safe ?? t('problem.safe')}</p>
        {problem.instance && <p className="bf-problem__safe">{next ?? t('problem.next')}</p>}
        {problem.instance && (
          <dl className="bf-problem__numbers">
            <div>
              <dt>{t('problem.number')}</dt>
              <dd>{problem.instance}</dd>
            </div>
          </dl>
        )}
        {onRetry && <Button onClick={onRetry}>{retry ?? t('common.retry')}</Button>}
      </div>
    </div>
  );
}
