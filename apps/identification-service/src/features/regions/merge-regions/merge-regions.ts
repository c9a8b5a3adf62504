import * as contract from '@bangfu/contracts/identification/regions';
import { planMerge } from '@bangfu/domain/identification/regions/plan-change';
import { regionCode } from '@bangfu/domain/shared/region';
import { command } from '../../../operations.ts';
import { changeRegions } from '../change-regions.ts';

/** Merges divisions of one level into one. @throws those of `planMerge` and `changeRegions` */
export const mergeRegions = command(
  contract.mergeRegions,
  ({ body, ...call }) =>
    changeRegions(call, {
      kind: 'merge',
      decision: body,
      codes: [...body.from, body.to],
      plan: async (known) => ({
        lines: planMerge(known, { from: body.from.map(regionCode), to: regionCode(body.to), name: body.name }),
      }),
    }),
  { isLong: true },
);
