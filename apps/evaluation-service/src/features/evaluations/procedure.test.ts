import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, send } from '@bangfu/contracts/core/client';
import {
  downloadFrame,
  type Evaluation,
  freezeFrame,
  getEvaluation,
  registerEvaluatorKey,
} from '@bangfu/contracts/evaluation/evaluations';
import { listPublicEvaluations } from '@bangfu/contracts/evaluation/public';
import { drawEvaluationSample, publishSeed, revealSeed } from '@bangfu/contracts/evaluation/samples';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { makeKey, readPrivateKey, seedCommitment } from '@bangfu/verifier/signed-file';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildEvaluation } from '../../app.ts';
import { bringHouseholds } from '../../testing/register.ts';
import {
  planned,
  COUNTY,
  drawnEvaluation,
  frozenPlan,
  type Offices,
  PLAN,
  REGISTER,
  refusal,
  SEED_DAY,
  SIGNER,
  signed,
  sqlAs,
  threeOffices,
} from '../../testing/small-county.ts';

const VERIFIER = join(import.meta.dirname, '../../../../../packages/verifier/src/main.ts');
const FRAME_DAY = new Date('2026-06-30T02:00:00Z');
const OWN_SEED = 'c0ffee00c0ffee00c0ffee00c0ffee00';

let world: TestService;
let offices: Offices;
const folder = mkdtempSync(join(tmpdir(), 'bangfu-procedure-'));

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'evaluation', buildEvaluation);
  world.setNow(FRAME_DAY);
  offices = threeOffices(world);
  await bringHouseholds(world.urls.app, REGISTER);
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

const at = ({ id }: Evaluation) => ({ params: { evaluationId: id } });
const published = async (id: string) =>
  (await call(world.anonymous, listPublicEvaluations, { query: { limit: 500 } })).rows.find((row) => row.id === id);

describe('given an evaluator who committed to a seed of his own', () => {
  const plan = { seedPlan: { kind: 'evaluator' as const, commitment: seedCommitment(OWN_SEED) } };
  let frozen: Evaluation;
  const reveal = (by: keyof Offices, body: Buffer) => call(offices[by], revealSeed, { ...at(frozen), body });
  const seedFile = (seed: string, about: Parameters<typeof signed>[2] = {}) =>
    signed(frozen.id, Buffer.from(seed), { kind: 'seed', name: 'seed.txt', ...about });

  it('when his key is not registered, then the frame is not frozen', async () => {
    world.setNow(FRAME_DAY);
    const draft = await planned(offices.freezing, { ...PLAN, ...plan });
    expect(await refusal(call(offices.freezing, freezeFrame, { ...at(draft), body: { version: draft.version } }))).toBe(
      '422 EVALUATOR_KEY_MISSING',
    );
    const bare = await planned(offices.freezing, { ...PLAN, seedPlan: null });
    expect(await refusal(call(offices.freezing, freezeFrame, { ...at(bare), body: { version: bare.version } }))).toBe(
      '422 SEED_PLAN_MISSING',
    );
  });

  it('when frame and commitment are public, then a seed from elsewhere is refused', async () => {
    frozen = await frozenPlan(world, offices, plan);
    expect(await published(frozen.id)).toMatchObject({
      seedPlan: plan.seedPlan,
      frame: { hash: frozen.frame?.hash, registerHash: frozen.frame?.registerHash },
      seed: null,
      sample: null,
      signer: { fingerprint: SIGNER.fingerprint },
    });
    const body = { version: frozen.version, seed: OWN_SEED };
    expect(await refusal(call(offices.seeding, publishSeed, { ...at(frozen), body }))).toBe('422 SEED_IS_EVALUATORS');
    const other = readPrivateKey(makeKey().privatePem);
    const refusals = await Promise.all(
      [
        Buffer.from(OWN_SEED),
        seedFile(OWN_SEED, { key: other }),
        seedFile(OWN_SEED, { kind: 'returns' }),
        signed(PLAN.name, Buffer.from(OWN_SEED), { kind: 'seed' }),
        seedFile(`${OWN_SEED}1`),
      ].map((file) => refusal(reveal('seeding', file))),
    );
    expect(refusals).toEqual([
      '422 NOT_A_SIGNED_FILE',
      '422 SIGNER_NOT_REGISTERED',
      '422 SIGNED_FOR_OTHER_PURPOSE',
      '422 SIGNED_FOR_OTHER_EVALUATION',
      '422 SEED_NOT_AS_COMMITTED',
    ]);
    expect(await refusal(reveal('freezing', seedFile(OWN_SEED)))).toBe('422 SEED_BY_FREEZER');
  });

  it('when he reveals it in a signed file, then it draws the sample and an outsider draws the same', async () => {
    const seeded = await reveal('seeding', seedFile(OWN_SEED));
    expect(seeded.seed).toMatchObject({ text: OWN_SEED, source: SIGNER.holder });
    const drawn = await call(offices.seeding, drawEvaluationSample, {
      ...at(frozen),
      body: { version: seeded.version },
    });
    const evaluator = world.as('evaluator', {
      role: 'evaluator',
      scope: { kind: 'evaluation', id: frozen.id, regions: [COUNTY], services: ['evaluation'] },
    });
    const frame = await (await send(evaluator, downloadFrame, at(frozen))).text();
    for (const { headName } of REGISTER) expect(frame).not.toContain(headName);
    writeFileSync(join(folder, 'frame.json'), frame);
    const list = await call(world.anonymous, listPublicEvaluations, { query: { limit: 500 } });
    writeFileSync(join(folder, 'published.json'), JSON.stringify(list));
    const args = ['sample', join(folder, 'frame.json'), '--published', join(folder, 'published.json')];
    const checked = spawnSync(process.execPath, [VERIFIER, ...args, '--evaluation', frozen.id], { encoding: 'utf8' });
    expect(checked.stderr).toBe('');
    expect(checked.stdout).toContain(`sample: ${drawn.sample?.hash}`);
    for (const what of ['frame as published', 'seed as committed', 'sample as published'])
      expect(checked.stdout).toContain(`${what}: holds`);
    expect(checked.status).toBe(0);
  });
});

describe('given a frame that was drawn from', () => {
  it('when another evaluation of its day and places takes another seed, then it names the first everywhere', async () => {
    const first = await drawnEvaluation(world, offices);
    const overlapping = await frozenPlan(world, offices, {
      regions: ['211382100000'],
      name: '再抽一次',
      design: { ...PLAN.design, villages: 2 },
    });
    const elsewhere = await frozenPlan(world, offices, { name: '同一种子' });
    let hours = 0;
    const seedOf = (evaluation: Evaluation, seed: string) => {
      hours += 1;
      world.setNow(new Date(SEED_DAY.getTime() + hours * 3_600_000));
      return call(offices.seeding, publishSeed, { ...at(evaluation), body: { version: evaluation.version, seed } });
    };
    const second = await seedOf(overlapping, '20260701-another-seed-0002');
    const names = (evaluation: Pick<Evaluation, 'earlierSeeds'> | undefined) =>
      evaluation?.earlierSeeds.map(({ evaluationId }) => evaluationId) ?? [];
    expect(names(second)).toContain(first.id);
    expect(names(await published(second.id))).toContain(first.id);
    expect(names(first)).not.toContain(second.id);
    const same = await seedOf(elsewhere, first.seed?.text ?? '');
    expect(names(same)).toContain(second.id);
    expect(names(same)).not.toContain(first.id);
  });
});

describe('given the evaluator’s key', () => {
  it('when it is not registered, then nothing is drawn; when it is fixed or late, then no other takes its place', async () => {
    world.setNow(FRAME_DAY);
    const draft = await planned(offices.freezing);
    await call(offices.freezing, freezeFrame, { ...at(draft), body: { version: draft.version } });
    await expect
      .poll(async () => (await call(offices.freezing, getEvaluation, at(draft))).state, { timeout: 20_000 })
      .toBe('frozen');
    world.setNow(SEED_DAY);
    const { version } = await call(offices.freezing, getEvaluation, at(draft));
    const body = { version, seed: '20260701-yet-another-seed' };
    const seeded = await call(offices.seeding, publishSeed, { ...at(draft), body });
    const draw = (of: Evaluation) =>
      call(offices.seeding, drawEvaluationSample, { ...at(draft), body: { version: of.version } });
    const register = (of: Evaluation, fingerprint = SIGNER.fingerprint) =>
      call(offices.freezing, registerEvaluatorKey, {
        ...at(draft),
        body: { version: of.version, holder: SIGNER.holder, fingerprint },
      });
    expect(await refusal(draw(seeded))).toBe('422 EVALUATOR_KEY_MISSING');
    const keyed = await register(seeded);
    expect(await refusal(register(keyed, 'a'.repeat(64)))).toBe('422 EVALUATOR_KEY_FIXED');
    const drawn = await draw(keyed);
    expect(await refusal(register(drawn, 'a'.repeat(64)))).toBe('422 EVALUATOR_KEY_TOO_LATE');
  });
});

describe('given an evaluation that the release before froze', () => {
  it('when its seed is published, then the source is given with it, and who froze is still refused', async () => {
    const frozen = await frozenPlan(world, offices);
    await sqlAs(
      world.urls.migrator,
      `UPDATE evaluation SET seed_kind = NULL, seed_event = NULL, seed_event_day = NULL, register_hash = NULL
       WHERE id = '${frozen.id}'`,
    );
    const publish = (by: keyof Offices, source?: string) =>
      call(offices[by], publishSeed, {
        ...at(frozen),
        body: { version: frozen.version, seed: '20260630-an-older-seed-1', ...(source ? { source } : {}) },
      });
    expect(await refusal(publish('seeding'))).toBe('422 SEED_SOURCE_MISSING');
    expect(await refusal(publish('freezing', '掷骰'))).toBe('422 SEED_BY_FREEZER');
    expect((await publish('seeding', '掷骰')).seed).toMatchObject({ source: '掷骰' });
  });
});

it('what is published names nobody of the office', async () => {
  const text = JSON.stringify(await call(world.anonymous, listPublicEvaluations, { query: { limit: 500 } }));
  expect(text.length).toBeGreaterThan(1000);
  for (const name of ['office', 'seed-office', SIGNER.holder]) expect(text).not.toContain(`"${name}"`);
  const stranger = world.as('stranger', grant('village-officer', '211382100200'));
  expect((await call(stranger, listPublicEvaluations, {})).total).toBeGreaterThan(0);
});
