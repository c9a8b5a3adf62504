import * as contract from '@bangfu/contracts/identification/regions';
import { planRecode } from '@bangfu/domain/identification/regions/plan-change';
import { regionCode } from '@bangfu/domain/shared/region';
import { command } from '../../../operations.ts';
import { changeRegions } from '../change-regions.ts';

/** Gives a division another code, with what lies in it. @throws those of `planRecode` and `changeRegions` */
export const recodeRegion = command(
  contract.recodeRegion,
  ({ body, ...call }) =>
    changeRegions(call, {
      kind: 'recode',
      decision: body,
      codes: [body.code, body.to],
      plan: async (known) => ({ lines: planRecode(known, { code: regionCode(body.code), to: regionCode(body.to) }) }),
    }),
  { isLong: true },
);
