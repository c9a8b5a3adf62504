import { type AccountChange, decideAccountChange as operation } from '@bangfu/contracts/industry/account-changes';
import { decideAccountChange as decide } from '@bangfu/domain/industry/account-change';
import type { Sql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import type { Industry } from '../../../db/client.ts';
import { holdContract } from '../../contracts/contract.repository.ts';
import { partyOf } from '../../declarations/declaration.repository.ts';
import { demandAccountFree, getAccountChange } from '../account-change.repository.ts';
import { type Cipher, recordOf } from '@bangfu/platform/secrets/cipher';
import { LISTED_ACCOUNT, REQUESTED_ACCOUNT } from '../../../db/sealed.ts';
import { takeListedAccounts } from '../../payments/line-accounts.ts';

/**
 * Decides a change of account. Approved, the contract's list has the new account, and so has every line that waits to be
 * paid; a line that is with the bank takes it when the bank gives it back.
 * @throws Refusal 404; DomainError ACCOUNT_CHANGE_DECIDED, ACCOUNT_CHANGE_SAME_PERSON, LIST_ACCOUNT_TWICE
 */
export function decideAccountChange(
  service: Industry,
  actor: Actor,
  changeId: string,
  approved: boolean,
): Promise<AccountChange> {
  const input = { changeId, approved };
  return runCommand(service.bulk, service.newId, operation, actor, input, async (_tx, sql) => {
    const { contractId } = await getAccountChange(sql, changeId);
    await holdContract(sql, actor.caller, contractId);
    const change = await getAccountChange(sql, changeId);
    const { state, entityId, requestedById } = change;
    const after = decide(
      { state, entityId, requestedBy: requestedById },
      partyOf(actor.caller, { entityId }),
      approved,
    );
    const lines = approved ? await putAccount(sql, service.cipher, change) : 0;
    await sql.query(
      `UPDATE account_change SET state = $2, decided_by = $3, decided_at = $4::text::timestamptz WHERE id = $1::uuid`,
      [changeId, after.state, actor.caller.name, actor.now.toISOString()],
    );
    const { householdId, bankName, accountTail, newBankName, newAccountTail } = change;
    return {
      answer: await getAccountChange(sql, changeId),
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: {
            before: { accountChange: changeId, state, householdId, bankName, accountTail },
            after: {
              accountChange: changeId,
              state: after.state,
              ...(approved && { householdId, bankName: newBankName, accountTail: newAccountTail, lines }),
            },
          },
        },
      ],
    };
  });
}

/** Puts the new account on the list and on the household's lines that wait to be paid; says how many these are. */
async function putAccount(sql: Sql, cipher: Cipher, { id, contractId, householdId }: AccountChange): Promise<number> {
  const [change] = await sql.query<{ index: Buffer; sealed: Buffer }>(
    'SELECT account_index AS index, account_sealed AS sealed FROM account_change WHERE id = $1::uuid',
    [id],
  );
  if (!change) throw new Error('a change of account vanished while it was decided');
  await demandAccountFree(sql, contractId, householdId, change.index);
  const account = cipher.open(REQUESTED_ACCOUNT, id, change.sealed);
  const listed = cipher.seal(LISTED_ACCOUNT, recordOf(contractId, householdId), account);
  await sql.query(
    `UPDATE contract_household m SET bank_name = a.bank_name, account_sealed = decode($2, 'hex'),
       account_index = a.account_index, account_tail = a.account_tail
     FROM account_change a WHERE a.id = $1::uuid AND m.contract_id = a.contract_id AND m.household_id = a.household_id`,
    [id, listed.toString('hex')],
  );
  // Everything about a declaration's money queues at its row.
  await sql.query('SELECT 1 FROM declaration WHERE contract_id = $1::uuid ORDER BY id FOR UPDATE', [contractId]);
  const open = await sql.query<{ id: string }>(
    `WITH open AS (SELECT l.id, l.declaration_id FROM dividend_line l JOIN declaration d ON d.id = l.declaration_id
       WHERE d.contract_id = $1::uuid AND l.household_id = $2::uuid AND l.state = 'open' AND l.counts),
     touched AS (UPDATE declaration SET version = version + 1 WHERE id IN (SELECT declaration_id FROM open))
     SELECT id::text AS id FROM open`,
    [contractId, householdId],
  );
  await takeListedAccounts(
    sql,
    cipher,
    open.map((line) => line.id),
  );
  return open.length;
}
