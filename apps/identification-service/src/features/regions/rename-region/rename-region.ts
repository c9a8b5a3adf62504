import * as contract from '@bangfu/contracts/identification/regions';
import { planRename } from '@bangfu/domain/identification/regions/plan-change';
import { regionCode } from '@bangfu/domain/shared/region';
import { command } from '../../../operations.ts';
import { changeRegions } from '../change-regions.ts';

/** Gives a division another name. @throws those of `planRename` and `changeRegions` */
export const renameRegion = command(contract.renameRegion, ({ body, ...call }) =>
  changeRegions(call, {
    kind: 'rename',
    decision: body,
    codes: [body.code],
    plan: async (known) => ({ lines: planRename(known, { code: regionCode(body.code), name: body.name }) }),
  }),
);
