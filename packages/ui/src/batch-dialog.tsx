import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Owner } from '@bangfu/contracts/core/operation';
import { beginBatch, type BatchSending, type BatchState, collectKeys, runBatch } from './lib/batch-run.ts';
import { problemOf } from './lib/data.ts';
import { formatNumber } from './lib/format.ts';
import { useUiText } from './lib/i18n.ts';
import type { Problem } from './lib/problem.ts';
import type { SheetWalk } from './lib/sheet.ts';
import { tellTabs } from './lib/tabs.ts';
import { ProblemPanel } from './problem.tsx';
import { ProgressLine } from './progress.tsx';
import type { SheetSelection } from './worksheet-types.tsx';
import './batch-dialog.css';

interface BatchDialogProps<Row> extends BatchSending {
  /** What is done to how many: "312 户提交乡镇审核". */
  readonly title: (count: string) => string;
  readonly selection: SheetSelection;
  /** Reads all that the filters give, when all of it is selected. */
  readonly walk: SheetWalk<Row>;
  readonly keyOf: (row: Row) => string;
  /** Whose answers are asked again afterwards. */
  readonly owner: Owner;
  /** What is asked for beside the records; it calls `begin` when it is complete. */
  readonly children?: ReactNode;
  /** Instead of beginning at once: checks what is asked for first. */
  readonly onConfirm?: (begin: () => void) => void;
  /** After the dialog; `done` is how many were done. */
  readonly onEnd: (done: number) => void;
}

type Stage =
  | { readonly at: 'gathering'; readonly found: number }
  | { readonly at: 'asking' | 'sending' | 'ended'; readonly keys: readonly string[]; readonly state: BatchState };

/**
 * Does one act on all that is selected, over all pages: counts the records, asks with their exact number, sends them in
 * portions, and says at the end what was done and what was refused and why. It can be stopped between two portions.
 */
export function BatchDialog<Row>(props: BatchDialogProps<Row>) {
  const { title, selection, walk, keyOf, owner, children, onConfirm, onEnd, ...sending } = props;
  const t = useUiText();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [stage, setStage] = useState<Stage>(() =>
    selection.kind === 'keys'
      ? { at: 'asking', keys: selection.keys, state: beginBatch(selection.keys, sending) }
      : { at: 'gathering', found: 0 },
  );
  const control = useRef<AbortController | null>(null);

  // Asked once, as the list was when the act was chosen.
  const asked = useRef({ selection, walk, keyOf, sending });
  useEffect(() => {
    const of = asked.current;
    if (of.selection.kind === 'keys') return;
    const gathering = new AbortController();
    collectKeys(of.walk(gathering.signal), of.keyOf, (found) => setStage({ at: 'gathering', found }))
      .then((keys) => setStage({ at: 'asking', keys, state: beginBatch(keys, of.sending) }))
      .catch((error: unknown) => {
        if (!gathering.signal.aborted) setProblem(problemOf(error));
      });
    return () => gathering.abort();
  }, []);

  const send = async (keys: readonly string[], from: BatchState) => {
    control.current = new AbortController();
    setStage({ at: 'sending', keys, state: from });
    const state = await runBatch(from, sending, control.current.signal, (now) =>
      setStage({ at: 'sending', keys, state: now }),
    );
    tellTabs(owner);
    await client.invalidateQueries({ queryKey: [owner] });
    const isAllDone = state.left.length === 0 && state.refused.length === 0;
    if (!isAllDone) return setStage({ at: 'ended', keys, state });
    void message.success(t('batch.allDone', { count: formatNumber(state.done) }));
    return onEnd(state.done);
  };

  if (stage.at === 'gathering') {
    return (
      <Modal open title={title('…')} footer={null} mask={{ closable: false }} onCancel={() => onEnd(0)}>
        {problem ? (
          <ProblemPanel problem={problem} />
        ) : (
          <ProgressLine label={t('batch.gathering')} done={stage.found} />
        )}
        {!problem && <p aria-live="polite">{t('batch.gathering')}</p>}
      </Modal>
    );
  }
  const { keys, state } = stage;
  const count = formatNumber(keys.length);
  const begin = () => void send(keys, state);
  if (stage.at === 'asking') {
    const portions = state.left.length;
    return (
      <Modal
        open
        title={title(count)}
        okText={title(count)}
        okButtonProps={{ disabled: keys.length === 0 }}
        cancelText={t('batch.cancel')}
        onOk={() => (onConfirm ? onConfirm(begin) : begin())}
        onCancel={() => onEnd(0)}
      >
        {children}
        {portions > 1 && <p>{t('batch.inPortions', { count, portions: formatNumber(portions) })}</p>}
      </Modal>
    );
  }
  const dealtWith = state.done + state.refused.length;
  if (stage.at === 'sending') {
    return (
      <Modal
        open
        title={title(count)}
        closable={false}
        mask={{ closable: false }}
        footer={<Button onClick={() => control.current?.abort()}>{t('batch.stop')}</Button>}
      >
        <ProgressLine label={title(count)} done={dealtWith} total={keys.length} />
        <p>{t('batch.stopHint')}</p>
      </Modal>
    );
  }
  const left = keys.length - dealtWith;
  return (
    <Modal
      open
      title={title(count)}
      mask={{ closable: false }}
      onCancel={() => onEnd(state.done)}
      footer={
        <>
          {left > 0 && (
            <Button type="primary" onClick={begin}>
              {t('batch.goOn', { count: formatNumber(left) })}
            </Button>
          )}
          <Button onClick={() => onEnd(state.done)}>{t('batch.close')}</Button>
        </>
      }
    >
      {state.problem && <ProblemPanel problem={state.problem} safe={t('batch.problemSafe')} />}
      <p role="status">
        {t('batch.outcome', { done: formatNumber(state.done), refused: formatNumber(state.refused.length) })}
        {left > 0 && t('batch.left', { count: formatNumber(left) })}
      </p>
      {state.refused.length > 0 && (
        <ul className="bf-batch-refused" aria-label={t('batch.refused')}>
          {state.refused.map(({ key, reason }) => (
            <li key={key}>{reason}</li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
