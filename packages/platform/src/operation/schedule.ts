import { type ReadSql, typedSql } from '@bangfu/data/typed-sql';
import { systemCaller } from '../auth/system-caller.ts';
import { carryOut, type Given, type OperationKit, type Part } from './carry-out.ts';

/** What a run by the clock works with. */
export interface ScheduleCall<Tables, Kit> {
  readonly kit: Kit;
  readonly now: Date;
  readonly read: ReadSql<Tables>;
  /** Carries a command out as the service itself in a county, audited as `clock.<name>`. */
  act<Answer>(countyCode: string, work: (given: Given<Tables, Kit>) => Promise<Answer>): Promise<Answer>;
}

/** The shape of what a service does by the clock, at times of the county (`cron`). */
export const schedulesOver =
  <Tables, Kit extends OperationKit>() =>
  (name: string, cron: string, run: (call: ScheduleCall<Tables, Kit>) => Promise<unknown>): Part<Kit> => ({
    schedules: (kit) => [
      {
        name,
        cron,
        run: (id) => {
          const now = kit.clock();
          const contract = { id: name, status: 200, audit: `clock.${name}` } as const;
          const act: ScheduleCall<Tables, Kit>['act'] = (countyCode, work) =>
            carryOut(kit, contract, { caller: systemCaller(countyCode, id), now }, null, work);
          return run({ kit, now, read: typedSql<Tables>(kit.pool), act });
        },
      },
    ],
  });
