import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { DropZone, type DropZoneProps } from './import-drop.tsx';
import { type ImportProblemGroup, ImportProblems } from './import-problems.tsx';
import { formatMoment, formatNumber } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import type { Problem } from './lib/problem.ts';
import { ProblemPanel } from './problem.tsx';
import { type ProgressFigures, ProgressLine } from './progress.tsx';
import { ReasonedButton } from './reasoned-button.tsx';
import './import-desk.css';

export interface ImportStage {
  readonly key: string;
  /** "读取表格", "核对身份证号". */
  readonly label: string;
  readonly state: 'done' | 'working' | 'waiting';
  readonly figures?: ProgressFigures;
}

export interface ImportNumbers {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly held: number;
}

interface Uploaded {
  readonly file: string;
  readonly rows: number;
}

/** Where an import stands; what the screen shows follows from it alone. */
export type ImportState =
  | { readonly step: 'choose' }
  | { readonly step: 'working'; readonly file: string; readonly stages: readonly ImportStage[] }
  | ({
      readonly step: 'answer';
      readonly numbers: ImportNumbers;
      readonly problems: readonly ImportProblemGroup[];
      /** Why it cannot be committed by this person now. */
      readonly reason?: string | null;
      readonly committing?: boolean;
    } & Uploaded)
  | ({
      readonly step: 'committed';
      readonly numbers: ImportNumbers;
      readonly at: string;
      readonly operator: string;
      /** It was undone since, and can be no more. */
      readonly undone: boolean;
    } & Uploaded)
  | { readonly step: 'failed'; readonly problem: Problem };

interface ImportDeskProps extends DropZoneProps {
  readonly state: ImportState;
  /** What else the service counts, under the numbers of the answer and of what was committed. */
  readonly below?: ReactNode;
  /** The rows of a group of problems, asked for when it is unfolded. */
  readonly samplesOf?: (group: ImportProblemGroup) => ReactNode;
  readonly onCancel: () => void;
  readonly onCommit: () => void;
  readonly onDiscard: () => void;
  readonly onDownloadProblems: () => void;
  readonly onUndo: () => void;
  readonly onAnother: () => void;
}

function Numbers({ numbers }: { readonly numbers: ImportNumbers }) {
  const t = useUiText();
  return (
    <dl className="bf-numbers">
      {(['new', 'changed', 'unchanged', 'held'] as const).map((key) => (
        <div key={key} className={`bf-numbers__one bf-numbers__one--${key}`}>
          <dt>{t(`import.${key}`)}</dt>
          <dd>{formatNumber(numbers[key])}</dd>
        </div>
      ))}
    </dl>
  );
}

function Stages({ stages }: { readonly stages: readonly ImportStage[] }) {
  const t = useUiText();
  return (
    <ol className="bf-stages" aria-label={t('import.stages')}>
      {stages.map((stage) => (
        <li key={stage.key} className={`bf-stage bf-stage--${stage.state}`}>
          <span className="bf-stage__label">{stage.label}</span>
          {stage.state === 'working' && stage.figures ? (
            <ProgressLine label={stage.label} {...stage.figures} />
          ) : (
            <span className="bf-stage__state">
              {t(stage.state === 'done' ? 'import.stageDone' : 'import.stageWaiting')}
              {stage.figures && ` · ${formatNumber(stage.figures.done)}`}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}

function ProblemsDownload({ onDownload }: { readonly onDownload: () => void }) {
  const t = useUiText();
  return (
    <Button size="large" type="text" icon={<DownloadOutlined />} onClick={onDownload}>
      {t('import.download')}
    </Button>
  );
}

function Answer({ state, ...on }: ImportDeskProps & { readonly state: Extract<ImportState, { step: 'answer' }> }) {
  const t = useUiText();
  const { numbers } = state;
  const nothing = numbers.new + numbers.changed === 0 ? t('import.nothing') : null;
  const counted = { new: formatNumber(numbers.new), changed: formatNumber(numbers.changed) };
  return (
    <>
      <div className="bf-import__head">
        <h2>{t('import.numbers')}</h2>
        <span>{t('import.rows', { rows: formatNumber(state.rows), file: state.file })}</span>
      </div>
      <Numbers numbers={numbers} />
      <div className="bf-import__actions">
        <ReasonedButton
          type="primary"
          size="large"
          loading={state.committing ?? false}
          reason={state.reason ?? nothing}
          onClick={on.onCommit}
        >
          {t('import.commit', counted)}
        </ReasonedButton>
        <Button size="large" onClick={on.onDiscard}>
          {t('import.discard')}
        </Button>
        {state.problems.length > 0 && <ProblemsDownload onDownload={on.onDownloadProblems} />}
      </div>
      {on.below}
      <ImportProblems groups={state.problems} {...(on.samplesOf && { samplesOf: on.samplesOf })} />
    </>
  );
}

function Committed({
  state,
  ...on
}: ImportDeskProps & { readonly state: Extract<ImportState, { step: 'committed' }> }) {
  const t = useUiText();
  const { numbers, undone } = state;
  const counted = { new: formatNumber(numbers.new), changed: formatNumber(numbers.changed) };
  return (
    <>
      <div className="bf-import__head" role="status">
        <h2>{t(undone ? 'import.undone' : 'import.committed', counted)}</h2>
        <span>{t('import.rows', { rows: formatNumber(state.rows), file: state.file })}</span>
        <span>{t('import.committedAt', { moment: formatMoment(state.at), operator: state.operator })}</span>
      </div>
      <Numbers numbers={numbers} />
      <div className="bf-import__actions">
        <Button type="primary" size="large" onClick={on.onAnother}>
          {t('import.another')}
        </Button>
        {!undone && (
          <Button size="large" onClick={on.onUndo}>
            {t('import.undo')}
          </Button>
        )}
        {!undone && numbers.held > 0 && <ProblemsDownload onDownload={on.onDownloadProblems} />}
      </div>
      {on.below}
    </>
  );
}

/** The import desk: a file is dropped, checked in stages, answered in numbers first, committed, and can be undone. */
export function ImportDesk(props: ImportDeskProps) {
  const { state, onFile, types, maxBytes, onCancel, onAnother } = props;
  const t = useUiText();
  const content = () => {
    switch (state.step) {
      case 'choose':
        return <DropZone onFile={onFile} types={types} maxBytes={maxBytes} checksFirst />;
      case 'working':
        return (
          <>
            <div className="bf-import__head">
              <h2>{t('import.stages')}</h2>
              <span>{state.file}</span>
            </div>
            <Stages stages={state.stages} />
            <Button onClick={onCancel}>{t('import.cancel')}</Button>
          </>
        );
      case 'answer':
        return <Answer {...props} state={state} />;
      case 'committed':
        return <Committed {...props} state={state} />;
      case 'failed':
        return (
          <ProblemPanel
            problem={state.problem}
            safe={t('import.safe')}
            next={t('import.refused')}
            onRetry={onAnother}
            retry={t('import.chooseAgain')}
          />
        );
    }
  };
  return <div className="bf-import bf-surface">{content()}</div>;
}
