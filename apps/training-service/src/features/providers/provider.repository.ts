import type { Provider } from '@bangfu/contracts/training/providers';
import { countOf } from '@bangfu/data/count-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { notFound } from '@bangfu/platform/http/refusal';
import type { ExpressionBuilder } from 'kysely';
import type { Tables } from '../../operations.ts';

/** How many classes there are of `provider p`. */
export const classesOf = (eb: ExpressionBuilder<Tables & { p: Tables['provider'] }, 'p'>) =>
  countOf(eb.selectFrom('training_class as c').whereRef('c.provider_id', '=', 'p.id'));

/** The providers of a county, as lists and records show them. */
export const countyProviders = (read: ReadSql<Tables>, countyCode: string) =>
  read
    .selectFrom('provider as p')
    .where('p.county_code', '=', countyCode)
    .select(['p.id', 'p.name', 'p.contact', 'p.note', 'p.active', 'p.version'])
    .select((eb) => classesOf(eb).as('classes'));

/** A provider of the county. @throws Refusal 404 */
export async function getProvider(read: ReadSql<Tables>, countyCode: string, id: string): Promise<Provider> {
  const provider = await countyProviders(read, countyCode).where('p.id', '=', id).executeTakeFirst();
  if (!provider) throw notFound();
  return provider;
}
