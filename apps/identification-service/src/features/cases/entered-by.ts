import { type Caller, readsMasked } from '@bangfu/platform/auth/caller';
import { type Expression, expressionBuilder, type RawBuilder, sql, type SqlBool } from 'kysely';
import type { Tables } from '../../operations.ts';

const eb = expressionBuilder<Tables>();

/** Imports whose data a household holds: that created it or changed it or a member of it, and were not taken back. */
const importsOf = (household: Expression<string>) => {
  const versions = eb.selectFrom('household_history as v').where('v.id', '=', household);
  return eb
    .selectFrom('household as h')
    .where('h.id', '=', household)
    .select('h.import_id as id')
    .unionAll(eb.selectFrom('person as p').where('p.household_id', '=', household).select('p.import_id as id'))
    .unionAll(versions.select('v.replaced_by as id'))
    .unionAll(versions.select('v.import_id as id'));
};

const standing = (household: Expression<string>) =>
  eb
    .selectFrom('roster_import as i')
    .where('i.state', 'in', ['committing', 'committed'])
    .where('i.id', 'in', importsOf(household));

/**
 * The accounts that entered a household, given its id: who brought an import's file, who committed it, and who corrected
 * facts (roles.md, separation of duties).
 */
export const enteredBy = (household: Expression<string>) =>
  standing(household)
    .select('i.account_id as accountId')
    .union(standing(household).innerJoin('job as j', 'j.id', 'i.job_id').select('j.account_id as accountId'))
    .union(
      eb.selectFrom('correction as k').where('k.household_id', '=', household).select('k.account_id as accountId'),
    );

/**
 * Whether a caller entered a household, given its id. Who only looks decides nothing, and the read-only role does not
 * see the jobs that say who committed a file.
 */
export const hasEntered = (caller: Caller, household: Expression<string>): RawBuilder<SqlBool> =>
  readsMasked(caller) ? sql<SqlBool>`false` : sql<SqlBool>`${caller.id}::text in ${enteredBy(household)}`;
