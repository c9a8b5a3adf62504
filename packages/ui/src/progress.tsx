import { formatNumber, splitDuration } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import './progress.css';

export interface ProgressFigures {
  readonly done: number;
  /** Absent while it is not known how much there is. */
  readonly total?: number;
  readonly ratePerSecond?: number;
  readonly secondsLeft?: number;
}

/** How far a long piece of work is: bar, counted rows, rate and time left. */
export function ProgressLine({
  label,
  done,
  total,
  ratePerSecond,
  secondsLeft,
}: ProgressFigures & { readonly label: string }) {
  const t = useUiText();
  const left = secondsLeft === undefined ? null : splitDuration(secondsLeft * 1000);
  const parts = [
    total === undefined
      ? done > 0 && t('progress.soFar', { done: formatNumber(done) })
      : t('progress.counted', { done: formatNumber(done), total: formatNumber(total) }),
    ratePerSecond === undefined ? null : t('progress.rate', { rate: formatNumber(ratePerSecond) }),
    left && t('progress.left', { left: t(left.key, { ...left }) }),
  ];
  return (
    <div className="bf-progress">
      <progress
        className="bf-progress__bar"
        aria-label={label}
        {...(total !== undefined && { max: total, value: done })}
      />
      <span className="bf-progress__text">{parts.filter(Boolean).join(' · ')}</span>
    </div>
  );
}
