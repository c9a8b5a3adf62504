import type { Readable } from 'node:stream';
import type { JobOrdered } from '@bangfu/contracts/core/list-job';
import { ContractHouseholdsOutcome, importContractHouseholds as operation } from '@bangfu/contracts/industry/contracts';
import { isAccount, maskAccount } from '@bangfu/domain/industry/account';
import type { Days } from '@bangfu/domain/industry/dividend-period';
import { DomainError } from '@bangfu/domain/shared/errors';
import { readDay } from '@bangfu/domain/shared/time';
import { MOST_FOR_A_HOUSEHOLD } from '@bangfu/domain/shared/bounds';
import { formatYuan, parseYuan } from '@bangfu/domain/shared/money';
import { pgSql } from '@bangfu/data/sql';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { comingTo, orderList } from '@bangfu/platform/jobs/list-job';
import type { ListColumn } from '@bangfu/platform/spreadsheet/list-header';
import type { ListRow } from '@bangfu/platform/spreadsheet/read-list';
import type { Industry } from '../../../db/client.ts';
import { type NoteProblem, problemList } from '../../../lists/problems.ts';
import { type BroughtList, MAX_LIST_BYTES } from '../../../lists/read-list.ts';
import { holdDraft, type ListedHousehold, ownDays, putHouseholds, recountContract } from '../contract.repository.ts';
import { getContract } from '../list-contracts/list-contracts.query.ts';
import type { Reader } from '@bangfu/platform/steps';
import { judgeHouseholds, judgeStakes, listedAccount, type StakeRow } from '../stake-row.ts';

export type StakeKey = 'number' | 'name' | 'stake' | 'bank' | 'account' | 'joins' | 'leaves';

/** The list's columns (features C2). */
export const STAKE_COLUMNS: readonly ListColumn<StakeKey>[] = [
  { key: 'number', headers: ['户编号', '户编码', '户号'], kind: 'number' },
  { key: 'name', headers: ['姓名', '户主姓名', '户主'], kind: 'name' },
  { key: 'stake', headers: ['入股金额(元)', '入股金额', '股金'], kind: 'yuan' },
  { key: 'bank', headers: ['开户行', '开户银行'] },
  { key: 'account', headers: ['账号', '银行账号', '一卡通账号', '银行卡号'], kind: 'number' },
  { key: 'joins', headers: ['入股日期', '入社日期'], kind: 'day', optional: true },
  { key: 'leaves', headers: ['退出日期', '退股日期'], kind: 'day', optional: true },
];

/** What is asked with the list. */
export interface StakeListAsked {
  readonly contractId: string;
}

/**
 * Orders that the list of a draft's households is taken from a workbook.
 * @throws Refusal 404; DomainError FILE_TOO_LARGE, WORKBOOK_EMPTY
 */
export async function importContractHouseholds(
  service: Industry,
  actor: Actor & Reader,
  contractId: string,
  name: string,
  upload: Readable,
): Promise<JobOrdered> {
  await getContract(pgSql(service.pool), actor, contractId);
  const asked: StakeListAsked = { contractId };
  return orderList(service, operation, actor, upload, { kind: STAKE_LIST, name, asked, maxBytes: MAX_LIST_BYTES });
}

/** The kind of its job. */
export const STAKE_LIST = 'stake-list';

/**
 * Takes the list of a draft's households: with any problem nothing is taken. The same file again changes nothing.
 * @throws Refusal 404; DomainError CONTRACT_SIGNED
 */
export async function takeContractHouseholds(
  service: Industry,
  given: Actor,
  { list, order: { asked, name, file } }: BroughtList<StakeListAsked, StakeKey>,
) {
  const actor: Actor & Reader = { ...given, language: given.language ?? 'zh' };
  const { contractId } = asked;
  const input = { contractId, name, sha256: file.sha256 };
  const command = comingTo(operation, ContractHouseholdsOutcome);
  return runCommand(service.bulk, service.newId, command, actor, input, async (_tx, sql) => {
    const contract = await holdDraft(sql, actor.caller, contractId);
    const found = problemList(list);
    const { rows } = list;
    const stakes = rows.flatMap((row) => readStake(service, row, contract, found.note) ?? []);
    await judgeHouseholds(sql, contractId, stakes, found.note);
    await judgeStakes(sql, contractId, stakes, found.note);
    const taken = found.count === 0;
    if (taken) {
      await putHouseholds(
        sql,
        service.cipher,
        contractId,
        stakes.map(({ listed }) => listed),
        actor.now,
      );
      await recountContract(sql, contractId, actor.now);
    }
    return {
      answer: {
        rows: rows.length,
        taken,
        problems: found.problems(),
        warnings: found.warnings,
        contract: await getContract(sql, actor, contractId),
      },
      audit: [
        {
          action: operation.audit ?? '',
          recordType: 'contract',
          recordId: contractId,
          change: { after: { ...input, size: file.size, rows: rows.length, taken, problems: found.count } },
        },
      ],
    };
  });
}

function readStake(service: Industry, place: ListRow<StakeKey>, contract: Days, note: NoteProblem): StakeRow | null {
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
    bankName: values.bank,
    ...listedAccount(service.cipher, account),
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
