import type { ServiceName } from '@bangfu/contracts/core/operation';
import { DomainError } from '@bangfu/domain/shared/errors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPool, type Pool } from '@bangfu/data/pool';
import { Refusal } from '../http/refusal.ts';
import { JobCancelled, type JobHandler, type JobRow, type JobRun } from '../jobs/job.ts';
import { jobRunner, MAX_ATTEMPTS } from '../jobs/worker.ts';
import type { ServiceKit, ServiceParts } from '../service.ts';
import { type TestService, testService } from './test-service.ts';

/** One kind of job, as a person orders it. */
export interface JobScene {
  /** Orders one through its command. @returns the job's id */
  order(): Promise<string>;
  /**
   * Acts again on the record of the job ordered last, which ended without its result; throws where that is refused.
   * @returns the id of the job that this ordered, if it did
   */
  again(how: 'failed' | 'cancelled'): Promise<string | undefined>;
}

/** The scene of every kind of job a service has; a kind without one fails the service's conformance. */
export type JobScenes = Readonly<Record<string, (world: TestService) => Promise<JobScene>>>;

interface Ending {
  readonly state: JobRow['state'];
  readonly problem?: { readonly code: string };
  readonly how: 'failed' | 'cancelled';
}

/** What a run throws, and what becomes of its job. */
const ERRORS: readonly [string, () => unknown, Ending][] = [
  ['a rule', () => new DomainError('AMOUNT_NEGATIVE'), failedWith('AMOUNT_NEGATIVE')],
  ['a refusal', () => new Refusal(409, 'CHANGED_MEANWHILE'), failedWith('CHANGED_MEANWHILE')],
  ['a fault of ours', () => new TypeError('Connection of undefined'), failedWith('UNEXPECTED')],
  ['memory that was refused', () => new RangeError('Array buffer allocation failed'), failedWith('UNEXPECTED')],
  ['a value the database refuses', () => withCode('22P02'), failedWith('UNEXPECTED')],
  ['a statement that took too long', () => withCode('57014'), failedWith('JOB_TOO_SLOW')],
  ['a cancel', () => new JobCancelled(), { state: 'cancelled', how: 'cancelled' }],
];

function failedWith(code: string) {
  return { state: 'failed' as const, problem: { code }, how: 'failed' as const };
}
const GIVEN_UP = { state: 'failed', problem: { code: 'JOB_GAVE_UP' } };
const withCode = (code: string) => Object.assign(new Error('by its code only'), { code });

/** At each stage of each kind of job: what happens when its process dies there again and again, and when it fails. */
export function jobFaults(
  serverUrl: () => string,
  name: ServiceName,
  build: (kit: ServiceKit) => ServiceParts | Promise<ServiceParts>,
  scenes: JobScenes,
): void {
  describe(`given a job of the ${name} service that does not come to its result`, () => {
    let world: TestService;
    let kit: ServiceKit;
    let handlers: Readonly<Record<string, JobHandler>>;
    let superuser: Pool;
    const prepared = new Map<string, JobScene>();
    const silent = { error: () => undefined, warn: () => undefined };

    beforeAll(async () => {
      world = await testService(serverUrl(), name, async (given) => {
        kit = given;
        const parts = await build(given);
        handlers = parts.jobs;
        return parts;
      });
      for (const [kind, prepare] of Object.entries(scenes)) prepared.set(kind, await prepare(world));
      // From here on jobs are run by hand.
      await world.service.worker.stop();
      superuser = openPool(serverUrl(), 1);
    });
    afterAll(async () => {
      await world.stop();
      await superuser.end();
    });

    /** What a process would run jobs with; `atStage` is called when the nth stage of a run has begun, from 0. */
    const runner = (atStage: (nth: number, run: JobRun<unknown>) => Promise<void> = async () => {}) =>
      jobRunner({
        pool: kit.pool,
        log: silent,
        handlers: Object.fromEntries(
          Object.entries(handlers).map(([kind, handler]): [string, JobHandler] => [
            kind,
            {
              settle: handler.settle,
              run: (run) => {
                let nth = -1;
                return handler.run({
                  ...run,
                  async stage(stage, total) {
                    await run.stage(stage, total);
                    nth += 1;
                    await atStage(nth, run);
                  },
                });
              },
            },
          ]),
        ),
      });

    /** The process dies: its sessions end, and nothing of it says anything to the job any more. */
    async function die(): Promise<never> {
      // Waits for each to end; what our side then still takes for open is noticed within a turn or two.
      await superuser.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
        [new URL(world.urls.app).pathname.slice(1)],
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      throw withCode('57P01');
    }

    const rowOf = async (id: string) => {
      const { rows } = await kit.pool.query<JobRow & { attempts: number }>(
        `SELECT state, problem, attempts, ended_at::text AS "endedAt" FROM platform.job WHERE id = $1::uuid`,
        [id],
      );
      return rows[0];
    };

    describe.each(Object.keys(scenes))('of the kind %s', (kind) => {
      let scene: JobScene;
      beforeAll(() => {
        scene = prepared.get(kind) ?? scene;
      });
      /** Acts again on the record; what that ordered is carried out, so that it is in nobody's way. */
      const actAgain = async (how: 'failed' | 'cancelled') => {
        const next = await scene.again(how);
        if (!next) return;
        await runner().run(next);
        expect(await rowOf(next)).toMatchObject({ state: 'done' });
      };

      it('when its process dies at any stage each time, then it is given up, and its record can be acted on', async () => {
        for (let stage = 0; ; stage++) {
          const id = await scene.order();
          let reached = false;
          for (let death = 1; death <= MAX_ATTEMPTS; death++) {
            const dying = runner(async (nth) => {
              if (nth !== stage) return;
              reached = true;
              await die();
            }).run(id);
            await dying.catch(() => undefined);
            if (!reached) break;
            expect(await rowOf(id)).toMatchObject({ state: 'running', attempts: death });
          }
          if (!reached) {
            expect(await rowOf(id)).toMatchObject({ state: 'done' });
            expect(stage).toBeGreaterThan(0);
            return;
          }
          await runner().run(id);
          expect(await rowOf(id)).toMatchObject(GIVEN_UP);
          await actAgain('failed');
        }
      }, 120_000);

      it('when the queue itself has given it up, then its record can be acted on', async () => {
        const id = await scene.order();
        await runner().giveUp(id);
        expect(await rowOf(id)).toMatchObject(GIVEN_UP);
        await actAgain('failed');
      });

      it.each(ERRORS)(
        'when it fails by %s, then it ends with that, and its record can be acted on',
        async (_what, make, { how, ...row }) => {
          const id = await scene.order();
          await runner(() => Promise.reject(make())).run(id);
          expect(await rowOf(id)).toMatchObject({ ...row, endedAt: expect.any(String) });
          await actAgain(how);
        },
      );

      it('when it is cancelled while it waits for something that cannot look, then its signal ends that', async () => {
        const id = await scene.order();
        const cancel = () =>
          kit.pool.query('UPDATE platform.job SET cancel_requested = true WHERE id = $1::uuid', [id]);
        await runner(async (_nth, { signal }) => {
          await cancel();
          await new Promise((_resolve, reject) => {
            const never = setTimeout(() => reject(new Error('its signal says nothing')), 10_000);
            signal.addEventListener('abort', () => {
              clearTimeout(never);
              reject(signal.reason as Error);
            });
          });
        }).run(id);
        expect(await rowOf(id)).toMatchObject({ state: 'cancelled', problem: { code: 'CANCELLED' } });
        await actAgain('cancelled');
      });

      it('when the database is lost under it, however often, then it is not held against it', async () => {
        const id = await scene.order();
        let losses = MAX_ATTEMPTS + 1;
        const ofOneProcess = runner(async () => {
          if (losses > 0) await die();
        });
        for (; losses > 0; losses--) await expect(ofOneProcess.run(id)).rejects.toMatchObject({ code: '57P01' });
        expect(await rowOf(id)).toMatchObject({ state: 'running', attempts: 1 });
        await ofOneProcess.run(id);
        expect(await rowOf(id)).toMatchObject({ state: 'done' });
      });

      it('when it is taken over by another process, then the first one changes nothing of it any more', async () => {
        const id = await scene.order();
        let second: Promise<void> | undefined;
        await runner(async () => {
          second ??= kit.pool
            .query('UPDATE platform.job SET attempts = attempts + 1 WHERE id = $1::uuid', [id])
            .then(() => undefined);
          await second;
          throw new DomainError('AMOUNT_NEGATIVE');
        }).run(id);
        expect(await rowOf(id)).toMatchObject({ state: 'running', problem: null });
        await runner().run(id);
        expect(await rowOf(id)).toMatchObject({ state: 'done' });
      });
    });
  });
}
