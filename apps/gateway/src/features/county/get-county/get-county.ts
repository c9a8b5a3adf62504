import * as contract from '@bangfu/contracts/gateway/county';
import { query } from '../../../operations.ts';

/** The county of this installation; it has no name before its divisions have arrived. */
export const getCounty = query(contract.getCounty, async ({ read, kit }) => {
  const { countyCode: code } = kit;
  const county = await read.selectFrom('region').where('code', '=', code).select('name').executeTakeFirst();
  return { code, name: county?.name ?? null };
});
