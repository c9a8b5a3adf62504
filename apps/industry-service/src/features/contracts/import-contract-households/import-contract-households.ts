import * as contract from '@bangfu/contracts/industry/contracts';
import { isAccount, maskAccount } from '@bangfu/domain/industry/account';
import type { Days } from '@bangfu/domain/industry/dividend-period';
import { MOST_FOR_A_HOUSEHOLD } from '@bangfu/domain/shared/bounds';
import { DomainError } from '@bangfu/domain/shared/errors';
import { formatYuan, parseYuan } from '@bangfu/domain/shared/money';
import { readDay } from '@bangfu/domain/shared/time';
import { readListIn } from '@bangfu/platform/jobs/list-job';
import type { Cipher } from '@bangfu/platform/secrets/cipher';
import type { ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import type { ListRow } from '@bangfu/platform/spreadsheet/read-list';
import { z } from 'zod';
import { type NoteProblem, problemList } from '../../../lists/problems.ts';
import { LIST_OPTIONS, MAX_LIST_BYTES } from '../../../lists/read-list.ts';
import { list } from '../../../operations.ts';
import { holdDraft, type ListedHousehold, ownDays, putHouseholds, recountContract } from '../contract.repository.ts';
import { getShownContract } from '../shown-contract.ts';
import { judgeHouseholds, judgeStakes, listedAccount, type StakeRow } from '../stake-row.ts';

type StakeKey = 'number' | 'name' | 'stake' | 'bank' | 'account' | 'joins' | 'leaves';

/** The list's columns (features C2). */
const STAKE_COLUMNS: readonly ListColumn<StakeKey>[] = [
  { key: 'number', headers: ['户编号', '户编码', '户号'], kind: 'number' },
  { key: 'name', headers: ['姓名', '户主姓名', '户主'], kind: 'name' },
  { key: 'stake', headers: ['入股金额(元)', '入股金额', '股金'], kind: 'yuan' },
  { key: 'bank', headers: ['开户行', '开户银行'] },
  { key: 'account', headers: ['账号', '银行账号', '一卡通账号', '银行卡号'], kind: 'number' },
  { key: 'joins', headers: ['入股日期', '入社日期'], kind: 'day', optional: true },
  { key: 'leaves', headers: ['退出日期', '退股日期'], kind: 'day', optional: true },
];

/**
 * Takes the list of a draft's households from a workbook: with any problem nothing is taken. The same file again changes
 * nothing. @throws Refusal 404; DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY; in its job CONTRACT_SIGNED
 */
export const importContractHouseholds = list(contract.importContractHouseholds, {
  kind: 'stake-list',
  maxBytes: MAX_LIST_BYTES,
  outcome: contract.ContractHouseholdsOutcome,
  asked: z.object({ contractId: z.uuid() }),
  ask: async (call) => {
    const { contractId } = call.params;
    await getShownContract(call.read, call, contractId);
    return { contractId };
  },
  read: (path, _order, run) => readListIn(run, path, STAKE_COLUMNS, LIST_OPTIONS),
  take: async (call) => {
    const { tx, caller, now, kit, audit, order, list: given } = call;
    const { asked, name, file } = order;
    const { contractId } = asked;
    const held = await holdDraft(tx, caller, contractId);
    const found = problemList(given);
    const { rows } = given;
    const stakes = rows.flatMap((row) => readStake(kit.cipher, row, held, found.note) ?? []);
    await judgeHouseholds(tx.sql, contractId, stakes, found.note);
    await judgeStakes(tx.sql, contractId, stakes, found.note);
    const taken = found.count === 0;
    if (taken) {
      const listed = stakes.map((stake) => stake.listed);
      await putHouseholds(tx, kit.cipher, contractId, listed, now);
      await recountContract(tx.sql, contractId, now);
    }
    const { sha256, size } = file;
    const after = { contractId, name, sha256, size, rows: rows.length, taken, problems: found.count };
    audit.change('contract', contractId, null, after);
    const problems = { problems: found.problems(), warnings: found.warnings };
    return { rows: rows.length, taken, ...problems, contract: await getShownContract(tx.sql, call, contractId) };
  },
});

function readStake(cipher: Cipher, place: ListRow<StakeKey>, contract: Days, note: NoteProblem): StakeRow | null {
  const { values, unknown } = place;
  const stakeFen = parseYuan(values.stake);
  const account = values.account.replace(/[\s-]/g, '');
  const noteUnless = (sound: boolean, key: StakeKey, column: string, value: string, code: string) => {
    // What cannot be known is reported by the reading.
    if (!sound && !unknown.has(key)) note(place, column, value, code);
    return sound;
  };
  const sound = [
    noteUnless(values.number !== '', 'number', '户编号', '', 'LIST_NUMBER_MISSING'),
    noteUnless(stakeFen !== null && stakeFen > 0, 'stake', '入股金额(元)', values.stake, 'LIST_STAKE_INVALID'),
    stakeFen === null || isStakeWithin(stakeFen, place, values.stake, note),
    noteUnless(values.bank.length >= 2, 'bank', '开户行', values.bank, 'LIST_BANK_MISSING'),
    noteUnless(
      isAccount(account),
      'account',
      '账号',
      account === '' ? '' : maskAccount(account),
      'LIST_ACCOUNT_INVALID',
    ),
  ];
  const days = readOwnDays(place, contract, note);
  if (stakeFen === null || days === null || unknown.size > 0 || sound.includes(false)) return null;
  const listed = {
    ...days,
    householdNumber: values.number,
    stakeFen,
    ...listedAccount(cipher, { bankName: values.bank, account }),
  };
  return { place, name: values.name, listed };
}

/** The household's own days; an empty cell is the contract's first or last day. Null when something of it is wrong. */
function readOwnDays(
  place: ListRow<StakeKey>,
  contract: Days,
  note: NoteProblem,
): Pick<ListedHousehold, 'joinsOn' | 'leavesOn'> | null {
  const { joins, leaves } = place.values;
  const wrong = [
    { column: '入股日期', value: joins },
    { column: '退出日期', value: leaves },
  ].filter(({ value }) => value !== '' && readDay(value) === null);
  for (const { column, value } of wrong) note(place, column, value, 'LIST_DAY_INVALID');
  if (wrong.length > 0) return null;
  try {
    return ownDays({ from: joins || null, to: leaves || null }, contract);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const column = joins !== '' && (leaves === '' || joins < contract.from) ? '入股日期' : '退出日期';
    note(place, column, column === '入股日期' ? joins : leaves, error.code, error.params);
    return null;
  }
}

function isStakeWithin(stakeFen: number, place: ListRow<StakeKey>, value: string, note: NoteProblem): boolean {
  if (stakeFen <= MOST_FOR_A_HOUSEHOLD) return true;
  note(place, '入股金额(元)', value, 'SUM_TOO_LARGE', { most: formatYuan(MOST_FOR_A_HOUSEHOLD) });
  return false;
}
