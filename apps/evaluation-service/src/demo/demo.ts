import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { SERVICES } from '@bangfu/contracts/core/operation';
import type { Evaluation as Shown } from '@bangfu/contracts/evaluation/evaluations';
import type { EvaluationPlan } from '@bangfu/contracts/evaluation/plan';
import { typedSql } from '@bangfu/data/typed-sql';
import type { Grant } from '@bangfu/domain/shared/roles';
import { addDays, type BusinessDay, businessDayOf, startOfDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { DemoGiven, DemoScopes, ServiceKit } from '@bangfu/platform/service';
import { signFile } from '@bangfu/verifier/signed-file';
import { createEvaluation } from '../features/evaluations/create-evaluation/create-evaluation.ts';
import { getVisible } from '../features/evaluations/evaluation.repository.ts';
import { freezeNow } from '../features/evaluations/freeze-frame/freeze-job.ts';
import { registerEvaluatorKey } from '../features/evaluations/register-evaluator-key/register-evaluator-key.ts';
import { takeUpload } from '../features/evaluations/signed-upload.ts';
import { computeRates } from '../features/rates/compute-rates/compute-rates.ts';
import { uploadReturns } from '../features/returns/upload-returns/upload-returns.ts';
import { drawEvaluationSample } from '../features/samples/draw-evaluation-sample/draw-evaluation-sample.ts';
import { publishSeed } from '../features/samples/publish-seed/publish-seed.ts';
import { writeQuestionnaire } from '../features/samples/questionnaire.ts';
import { wholeSample } from '../features/samples/sample-rows.ts';
import type { Tables } from '../operations.ts';
import { surveyAnswers } from './answers.ts';
import { DEMO_EVALUATOR_KEY, DEMO_SIGNER } from './evaluator-key.ts';

const MOST_VILLAGES = 30;
/** Nine in the morning: an office's hour. */
const MORNING_MS = 9 * 3_600_000;

type Act = (day: BusinessDay, user?: keyof typeof ROLES) => Actor;

/** What the survey of an evaluation looks at. */
type Drawn = Pick<Shown, 'id' | 'name' | 'fieldFrom' | 'fieldTo'>;

/** Makes the demo's evaluations: one with its result, one in the field, one planned. The evaluator is on the second. */
export async function makeDemo(kit: ServiceKit, given: DemoGiven): Promise<DemoScopes> {
  const { countyCode } = given;
  const today = businessDayOf(given.today);
  const villages = Math.min(MOST_VILLAGES, await countVillages(kit, countyCode));
  if (villages === 0) return {};
  const plan = (name: string, event: string, frameDate: BusinessDay, days: number): EvaluationPlan => ({
    name,
    frameDate,
    regions: [countyCode],
    design: { villages, take: { 'registered-poor': 2, exited: 15, monitored: 3, general: 15 }, replacements: 3 },
    fieldFrom: addDays(frameDate, 3),
    fieldTo: addDays(frameDate, 3 + days),
    seedPlan: { kind: 'public-event', event, day: addDays(frameDate, 1) },
  });
  const act: Act = (day, user = 'county') => actorOn(given, day, user);

  const past = plan('上半年第三方评估', '福利彩票“双色球”开奖号码', addDays(today, -120), 20);
  const done = await drawn(kit, act, past);
  await survey(kit, act(addDays(past.fieldTo as BusinessDay, 1), 'county-returns'), done, 1);
  const last = act(addDays(past.fieldTo as BusinessDay, 2));
  const { version } = await getVisible(typedSql<Tables>(kit.pool), done.id, last.caller);
  await computeRates.run(kit, last, { params: { evaluationId: done.id }, body: { version } });

  const now = plan('年度第三方评估', '县公证处现场掷骰', addDays(today, -9), 20);
  const running = await drawn(kit, act, now);
  await survey(kit, act(today, 'county-returns'), running, 0.6);

  const next = plan('退出抽查评估', '体育彩票“大乐透”开奖号码', today, 15);
  await createEvaluation.run(kit, act(today), { body: next });
  return { evaluator: { kind: 'evaluation', id: running.id, regions: [countyCode], services: [...SERVICES] } };
}

/** The accounts of the demo that act here: the office's three. */
const ROLES = {
  county: 'county-office',
  'county-seed': 'county-office',
  'county-returns': 'county-office',
} as const;

/** An account on a morning of the demo's history, never later than the demo itself. */
function actorOn({ countyCode, accounts, today }: DemoGiven, day: BusinessDay, user: keyof typeof ROLES): Actor {
  const account = accounts[user];
  if (!account) throw new Error(`the demo has no account ${user}`);
  const grants: Grant[] = [{ role: ROLES[user], scope: { kind: 'region', code: countyCode } }];
  const caller = { ...account, countyCode, grants, usable: grants, address: 'demo', requestId: 'demo' };
  const morning = startOfDay(day).getTime() + MORNING_MS;
  return { caller, now: new Date(Math.min(morning, today.getTime())) };
}

async function countVillages(kit: ServiceKit, countyCode: string): Promise<number> {
  const { n } = await typedSql<Tables>(kit.pool)
    .selectFrom('household_copy')
    .select(({ fn }) => fn.count<number>('village_code').distinct().as('n'))
    .where('withdrawn', '=', false)
    .where('county_code', '=', countyCode)
    .executeTakeFirstOrThrow();
  return n;
}

/** Plans an evaluation, freezes its frame the same day; another account publishes the seed the next day and draws. */
async function drawn(kit: ServiceKit, act: Act, plan: EvaluationPlan): Promise<Drawn> {
  const frameDay = plan.frameDate as BusinessDay;
  const { id, version } = await createEvaluation.run(kit, act(frameDay), { body: plan });
  const params = { evaluationId: id };
  const key = { version, ...DEMO_SIGNER };
  await registerEvaluatorKey.run(kit, act(frameDay), { params, body: key });
  await freezeNow(kit, act(frameDay), id);
  const seedDay = act(addDays(frameDay, 1), 'county-seed');
  const frozen = await getVisible(typedSql<Tables>(kit.pool), id, seedDay.caller);
  const seed = `${addDays(frameDay, 1)} 03 11 17 22 26 31 + 09`;
  const seeded = await publishSeed.run(kit, seedDay, { params, body: { version: frozen.version, seed } });
  return drawEvaluationSample.run(kit, seedDay, { params, body: { version: seeded.version } });
}

/** Brings the enumerators' filled workbook back as a file the evaluator signed. */
async function survey(kit: ServiceKit, actor: Actor, evaluation: Drawn, share: number): Promise<void> {
  const rows = await wholeSample(typedSql<Tables>(kit.pool), evaluation.id, ['']);
  const until = businessDayOf(actor.now);
  const days: string[] = [];
  for (
    let day = evaluation.fieldFrom as BusinessDay;
    day <= evaluation.fieldTo && day <= until;
    day = addDays(day, 1)
  ) {
    days.push(day);
  }
  const answers = surveyAnswers(rows, days, share);
  const isAnswered = (row: (typeof rows)[number]) => Object.keys(answers(row)).length > 0;
  if (!rows.some(isAnswered)) return;
  const out = new PassThrough();
  const bytes = buffer(out);
  await writeQuestionnaire(out, rows, answers);
  const name = `${evaluation.name}-入户调查表.xlsx`;
  const about = { evaluation: evaluation.id, kind: 'returns', name, signedAt: actor.now } as const;
  const signed = signFile(DEMO_EVALUATOR_KEY, about, await bytes);
  const file = await takeUpload(kit, Readable.from([signed]));
  const order = { asked: { evaluationId: evaluation.id }, name: `${name}.signed.zip`, file, language: 'zh' } as const;
  await uploadReturns.run(kit, actor, order);
}
