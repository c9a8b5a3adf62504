import { everyService } from '@bangfu/contracts/core/every-service';
import { type Evaluation as Shown, freezeFrame } from '@bangfu/contracts/evaluation/evaluations';
import { computeRates } from '@bangfu/contracts/evaluation/rates';
import { uploadReturns } from '@bangfu/contracts/evaluation/returns';
import { downloadSurveyWorkbook, drawEvaluationSample, publishSeed } from '@bangfu/contracts/evaluation/samples';
import { type BusinessDay, businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import type { Caller } from '@bangfu/platform/auth/caller';
import { MOST_OF_A_KIND, toWork, type Waiting, type WaitingKind, waitingFor } from '@bangfu/platform/work';
import type { ServiceKit } from '@bangfu/platform/service';
import { query, readAs } from '../../../operations.ts';
import { findVisible } from '../../evaluations/evaluation.repository.ts';

const contract = everyService('evaluation');
type Next = Omit<Waiting, 'id' | 'due'> & { readonly due: string };

interface Stage {
  readonly act: Parameters<typeof waitingFor>[0];
  /** What an evaluation waits for; null when it does not, or not for this person. */
  readonly next: (evaluation: Shown, caller: Caller) => Next | null;
}

const pageOf = ({ id }: Shown) => `/evaluation/evaluations/${id}`;

/** What evaluations wait for, by the act; one with its result waits for no one. */
const STAGES: readonly Stage[] = [
  {
    act: freezeFrame,
    next: (row) =>
      row.state !== 'draft'
        ? null
        : {
            kind: 'frame-to-freeze',
            title: `固定抽样框《${row.name}》`,
            detail: '在抽样框日期当天固定',
            due: row.frameDate,
            link: pageOf(row),
          },
  },
  {
    act: publishSeed,
    // Freezing, giving the seed and importing returns are three accounts.
    next: (row, caller) =>
      row.state !== 'frozen' || row.frame?.accountId === caller.id
        ? null
        : {
            kind: 'seed-to-publish',
            title: `公布随机种子《${row.name}》`,
            detail: '抽样框已固定，校验值已公布',
            due: row.fieldFrom,
            link: pageOf(row),
          },
  },
  {
    act: drawEvaluationSample,
    next: (row) =>
      row.state !== 'seeded'
        ? null
        : {
            kind: 'sample-to-draw',
            title: `抽取样本《${row.name}》`,
            detail: '种子已公布',
            due: row.fieldFrom,
            link: pageOf(row),
          },
  },
  {
    act: uploadReturns,
    next: (row, caller) =>
      row.state !== 'drawn' ||
      row.returns.outstanding === 0 ||
      [row.frame?.accountId, row.seed?.accountId].includes(caller.id)
        ? null
        : {
            kind: 'returns-to-import',
            title: `导入调查问卷《${row.name}》`,
            detail: row.sample ? `样本 ${row.sample.households} 户，还缺问卷 ${row.returns.outstanding} 份` : '',
            due: row.fieldTo,
            link: pageOf(row),
          },
  },
  {
    act: computeRates,
    next: (row) =>
      row.state !== 'drawn' || row.returns.outstanding > 0
        ? null
        : {
            kind: 'rates-to-compute',
            title: `测算三率一度《${row.name}》`,
            detail: '问卷已收齐',
            due: row.fieldTo,
            link: pageOf(row),
          },
  },
];

/** Evaluators take the workbook of their sample from their desk; they record nothing on the platform. */
const FIELD: Stage = {
  act: downloadSurveyWorkbook,
  next: (row) =>
    row.state !== 'drawn' || !row.sample || row.returns.outstanding === 0
      ? null
      : {
          kind: 'sample-to-visit',
          title: `入户调查《${row.name}》`,
          detail: `样本 ${row.sample.households} 户，还缺问卷 ${row.returns.outstanding} 份；填好的调查表签名后交评估办公室`,
          due: row.fieldTo,
          link: '/evaluation/desk',
        },
};

async function waitingAt(kit: ServiceKit, caller: Caller, { next }: Stage): Promise<WaitingKind> {
  const { rows } = await findVisible(readAs(kit, caller), caller, { limit: MOST_OF_A_KIND });
  const items = rows.flatMap((row) => {
    const found = next(row, caller);
    return found ? [{ ...found, id: `${found.kind}-${row.id}`, due: toDay(found.due) }] : [];
  });
  return { items, total: items.length };
}

const toDay = (day: string): BusinessDay => businessDay(day);

/** What waits for the caller: the office's next steps, an evaluator's samples in the field. */
export const listWork = query(contract.listWork, async ({ kit, caller, now }) => {
  const found = await Promise.all(
    [...STAGES, FIELD].map((stage) => waitingFor(stage.act, caller, now, (as) => waitingAt(kit, as, stage))),
  );
  return toWork(found, businessDayOf(now));
});
