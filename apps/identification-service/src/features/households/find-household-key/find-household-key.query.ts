import type { findHouseholdKey as operation } from '@bangfu/contracts/identification/households';
import type { AnswerInputOf, QueryOf } from '@bangfu/contracts/core/operation';
import type { Identification } from '../../../db/client.ts';

/** The household of exactly this number in a county, or of this id; each is one look into an index. */
export async function findHouseholdKey(
  service: Identification,
  countyCode: string,
  { id, number }: QueryOf<typeof operation>,
): Promise<AnswerInputOf<typeof operation>> {
  if (id === undefined && number === undefined) return { household: null };
  const where = { countyCode, ...(id === undefined ? {} : { id }), ...(number === undefined ? {} : { number }) };
  return { household: await service.prisma.household.findFirst({ where, select: { id: true, number: true } }) };
}
