import type { EveryService } from '@bangfu/contracts/core/every-service';
import type { AnswerInputOf } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { pgSql } from '@bangfu/events/sql';
import { type Caller, holds } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import type { Evaluation } from '../../db/client.ts';
import { findVisible } from '../evaluations/evaluation.repository.ts';

type Work = AnswerInputOf<EveryService['listWork']>;

interface Next {
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  readonly due: string | null;
}

/** The thresholds of a plan wait for anybody but the one who drafted them. */
function approvalFor({ state, name, frameDate, thresholdsApproval, thresholdsBy }: Shown, caller: Caller): Next | null {
  if (state !== 'draft' || thresholdsApproval || thresholdsBy === caller.id) return null;
  return {
    kind: 'thresholds-to-approve',
    title: `批准达标标准《${name}》`,
    detail: '批准后才能固定抽样框',
    due: frameDate,
  };
}

/** What the evaluation office does next; an evaluation with its result waits for nobody. */
function nextForOffice(evaluation: Shown, caller: Caller): Next | null {
  const { state, name, frameDate, fieldFrom, fieldTo, returns, sample } = evaluation;
  const waiting = sample ? `样本 ${sample.households} 户，还缺问卷 ${returns.outstanding} 份` : '';
  if (state === 'draft' && !evaluation.thresholdsApproval) return approvalFor(evaluation, caller);
  if (state === 'draft') {
    return { kind: 'frame-to-freeze', title: `固定抽样框《${name}》`, detail: '在抽样框日期当天固定', due: frameDate };
  }
  const hasFrozen = evaluation.frame?.accountId === caller.id;
  const hasSeeded = evaluation.seed?.accountId === caller.id;
  // What another account must do does not wait for this one.
  if (state === 'frozen') {
    if (hasFrozen) return null;
    return {
      kind: 'seed-to-publish',
      title: `公布随机种子《${name}》`,
      detail: '抽样框已固定，校验值已公布',
      due: fieldFrom,
    };
  }
  if (state === 'seeded') {
    return { kind: 'sample-to-draw', title: `抽取样本《${name}》`, detail: '种子已公布', due: fieldFrom };
  }
  if (state === 'drawn' && returns.outstanding === 0) {
    return { kind: 'rates-to-compute', title: `测算三率一度《${name}》`, detail: '问卷已收齐', due: fieldTo };
  }
  if (state === 'drawn') {
    if (hasFrozen || hasSeeded) return null;
    return { kind: 'returns-to-import', title: `导入调查问卷《${name}》`, detail: waiting, due: fieldTo };
  }
  return null;
}

const MOST = 100;

/** What waits for the caller: the office's next steps, an evaluator's samples in the field. */
export async function readWork(service: Evaluation, caller: Caller, now: Date): Promise<Work> {
  if (!holds(caller, 'county-office', 'county-leader', 'evaluator')) return { items: [], total: 0 };
  const { rows } = await findVisible(pgSql(readsOf(service, caller)), caller, { before: null, limit: MOST });
  const today = businessDayOf(now);
  const isOffice = holds(caller, 'county-office');
  const isLeader = holds(caller, 'county-leader');
  const forEvaluator = ({ state, name, sample, fieldTo, returns }: Shown): Next | null =>
    state === 'drawn' && sample && returns.outstanding > 0
      ? {
          kind: 'sample-to-visit',
          title: `入户调查《${name}》`,
          detail: `样本 ${sample.households} 户，还缺问卷 ${returns.outstanding} 份；填好的调查表签名后交评估办公室`,
          due: fieldTo,
        }
      : null;
  const items = rows.flatMap((row) => {
    const next = isOffice ? nextForOffice(row, caller) : isLeader ? approvalFor(row, caller) : forEvaluator(row);
    if (!next) return [];
    const overdue = next.due !== null && next.due < today;
    return [
      { id: row.id, ...next, overdue, link: isOffice ? `/evaluation/evaluations/${row.id}` : '/evaluation/desk' },
    ];
  });
  return { items: items.sort((a, b) => (a.due ?? '').localeCompare(b.due ?? '')), total: items.length };
}
