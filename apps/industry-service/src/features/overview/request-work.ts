import type { ReadSql } from '@bangfu/data/typed-sql';
import type { IndustryPolicy } from '@bangfu/domain/industry/contract';
import { workDue } from '@bangfu/domain/shared/work-policy';
import type { Caller } from '@bangfu/platform/auth/caller';
import type { WaitingKind } from '@bangfu/platform/work';
import { actsForEntity } from '../../db/scope.ts';
import type { Tables } from '../../operations.ts';
import { accountChanges } from '../account-changes/account-change.repository.ts';
import { contractEnds } from '../contract-ends/contract-end.repository.ts';
import { nilRows } from '../nil-years/nil-year.repository.ts';
import { dayOf, listed } from './listed.ts';

/** Changes of account that another person requested. */
export async function accountsToDecide(
  read: ReadSql<Tables>,
  caller: Caller,
  { deadlines }: IndustryPolicy,
): Promise<WaitingKind> {
  const rows = await accountChanges(read)
    .where('a.state', '=', 'proposed')
    .where('a.requested_by_id', '<>', caller.id)
    .where((eb) => actsForEntity(eb, caller))
    .select('e.name')
    .execute();
  return listed(
    rows.map(({ id, contractId, name, householdNumber, headName, requestedAt }) => ({
      id: `account-${id}`,
      kind: 'account-change-to-decide' as const,
      title: '复核收款账号变更',
      detail: `${name} ${householdNumber} ${headName}`,
      due: workDue(deadlines, 'account-change-to-decide', dayOf(requestedAt)),
      link: `/industry/contracts/${contractId}`,
    })),
  );
}

/** Dividend years that an entity declared as ones with nothing to distribute. */
export async function nilYearsToDecide(
  read: ReadSql<Tables>,
  caller: Caller,
  { deadlines }: IndustryPolicy,
): Promise<WaitingKind> {
  const nils = await nilRows(read)
    .where('z.outcome', 'is', null)
    .where('n.declared_by_id', '<>', caller.id)
    .where((eb) => actsForEntity(eb, caller))
    .execute();
  return listed(
    nils.map(({ id, contractId, entityName, contractNumber, year, declaredAt }) => ({
      id: `nil-year-${id}`,
      kind: 'nil-year-to-decide' as const,
      title: `确认 ${year} 年度无可分配利润`,
      detail: `${entityName} ${contractNumber}`,
      due: workDue(deadlines, 'nil-year-to-decide', dayOf(declaredAt)),
      link: `/industry/contracts/${contractId}`,
    })),
  );
}

/** Ends of contracts, and leavings of households, that another person asked for. */
export async function endsToDecide(
  read: ReadSql<Tables>,
  caller: Caller,
  { deadlines }: IndustryPolicy,
): Promise<WaitingKind> {
  const ends = await contractEnds(read)
    .where('x.state', '=', 'proposed')
    .where('x.requested_by_id', '<>', caller.id)
    .where((eb) => actsForEntity(eb, caller))
    .execute();
  return listed(
    ends.map(({ id, contractId, headName, householdNumber, requestedAt }) => ({
      id: `contract-end-${id}`,
      kind: 'contract-end-to-decide' as const,
      title: headName === null ? '复核合同终止' : '复核农户退出',
      detail: headName === null ? '' : `${householdNumber} ${headName}`,
      due: workDue(deadlines, 'contract-end-to-decide', dayOf(requestedAt)),
      link: `/industry/contracts/${contractId}`,
    })),
  );
}
