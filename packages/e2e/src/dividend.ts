import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import type { AnswerOf } from '@bangfu/contracts/core/operation';
import { type HouseholdRow, listHouseholds } from '@bangfu/contracts/identification/households';
import {
  draftContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  type ShareContract,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import { listDividendLines } from '@bangfu/contracts/industry/declarations';
import { listIndustryVillages, registerEntity } from '@bangfu/contracts/industry/entities';
import { DEMO_PASSWORD } from './accounts.ts';
import { accountOf } from './client.ts';

const PAGE = 500;
/** Every stake is a multiple of this, so that the guarantee has no fraction of a fen. */
const STAKE_YUAN = 1000;
const GUARANTEED_BP = 600;

/** A page of any list, and where the next begins. */
interface Page<T> {
  readonly rows: T[];
  readonly next: string | null;
}

async function everyPage<T>(read: (query: { limit: number; cursor?: string }) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let page = await read({ limit: PAGE });
  for (;;) {
    all.push(...page.rows);
    if (page.next === null) return all;
    page = await read({ limit: PAGE, cursor: page.next });
  }
}

/** A contract in force with every household of the register, and the account of the cooperative it is with. */
export async function contractWithAll(
  url: string,
  admin: Connection,
): Promise<{ account: Connection; contract: ShareContract; guaranteedFen: number }> {
  const { rows: villages } = await call(admin, listIndustryVillages, {});
  const codes = villages.map((village) => village.code);
  const entity = await call(admin, registerEntity, {
    body: {
      name: '全县联合社',
      creditCode: '93211382MA0000000N',
      kind: 'cooperative',
      representativeRole: '理事长',
      seatCode: codes[0] ?? '',
      villageCodes: codes,
    },
  });
  const grants = [{ role: 'entity' as const, scope: { kind: 'entity' as const, id: entity.id } }];
  const made = await accountOf(admin, { username: 'lianheshe', name: '全县联合社', grants }, DEMO_PASSWORD);
  const account = made.connection;
  const draft = await call(account, draftContract, {
    body: {
      entityId: entity.id,
      number: 'LH-1',
      from: '2025-01-01',
      to: '2035-12-31',
      guaranteedBp: GUARANTEED_BP,
      profitShareBp: 5000,
    },
  });
  const households = await everyPage((query) => call(admin, listHouseholds, { query }));
  const { contract, problems } = await callJob(account, importContractHouseholds, ContractHouseholdsOutcome, {
    params: { contractId: draft.id },
    query: { name: '入股名单.csv' },
    body: new Blob([stakeSheet(households)]),
  });
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const params = { contractId: draft.id };
  const signed = await call(admin, signContract, {
    params,
    body: { version: contract.version, signedOn: '2025-01-05' },
  });
  return { account, contract: signed, guaranteedFen: (signed.stakeFen * GUARANTEED_BP) / 10_000 };
}

function stakeSheet(households: readonly HouseholdRow[]): string {
  const lines = households.map(
    ({ number, headName }, i) =>
      `${number},${headName},${STAKE_YUAN * (1 + (i % 7))},农商行,62280000${String(i).padStart(8, '0')}`,
  );
  return `户编号,姓名,入股金额(元),开户行,账号\n${lines.join('\n')}\n`;
}

/** All lines of a declaration, in their order. */
export async function allLines(
  account: Connection,
  declarationId: string,
): Promise<AnswerOf<typeof listDividendLines>['rows']> {
  const lines = await everyPage((query) => call(account, listDividendLines, { params: { declarationId }, query }));
  return lines.toSorted((a, b) => a.lineNumber - b.lineNumber);
}
