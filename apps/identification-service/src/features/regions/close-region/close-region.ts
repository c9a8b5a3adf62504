import * as contract from '@bangfu/contracts/identification/regions';
import { planClose } from '@bangfu/domain/identification/regions/plan-change';
import { regionCode } from '@bangfu/domain/shared/region';
import { command } from '../../../operations.ts';
import { changeRegions } from '../change-regions.ts';

/** Ends a division in which nothing lies any more. @throws those of `planClose` and `changeRegions` */
export const closeRegion = command(contract.closeRegion, ({ body, ...call }) =>
  changeRegions(call, {
    kind: 'close',
    decision: body,
    codes: [body.code],
    plan: async (known) => {
      const { households } = await call.tx.sql
        .selectFrom('household')
        .where('village_code', '=', body.code)
        .select((eb) => eb.fn.countAll<number>().as('households'))
        .executeTakeFirstOrThrow();
      return { lines: planClose(known, { code: regionCode(body.code), households: Number(households) }) };
    },
  }),
);
