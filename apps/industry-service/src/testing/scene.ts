import { Readable } from 'node:stream';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import {
  draftContract,
  ContractHouseholdsOutcome,
  importContractHouseholds,
  type ShareContract,
  signContract,
} from '@bangfu/contracts/industry/contracts';
import {
  checkDeclaration,
  type Declaration,
  declareDividend,
  getDeclaration,
  submitDeclaration,
} from '@bangfu/contracts/industry/declarations';
import { closeDividendNotice, openDividendNotice } from '@bangfu/contracts/industry/dividend-notices';
import { type Entity, registerEntity } from '@bangfu/contracts/industry/entities';
import { createPaymentBatch, BankReceiptOutcome, uploadBankReceipt } from '@bangfu/contracts/industry/payments';
import { ProblemError } from '@bangfu/contracts/core/problem';
import { creditCodeCheckSign } from '@bangfu/domain/shared/credit-code';
import type { Grant } from '@bangfu/domain/shared/roles';
import { inTransaction, openPool, type Pool } from '@bangfu/data/pool';
import { grant, type TestService } from '@bangfu/platform/testing/test-service';

export const COUNTY = '211382000000';
export const TOWNSHIP = '211382101000';
const OTHER_TOWNSHIP = '211382102000';
export const VILLAGE = '211382101201';
export const SECOND_VILLAGE = '211382101202';
export const FAR_VILLAGE = '211382102201';

/** A household the register knows, as identification's event would have brought it. */
export interface Known {
  readonly id: string;
  readonly number: string;
  readonly head: string;
  readonly village: string;
}

/** Ids that repeat themselves: a UUIDv7 by its number. */
export const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const known = (n: number, village = VILLAGE): Known => ({
  id: idOf(n),
  number: `2113821010${String(n).padStart(6, '0')}`,
  head: `张某${n}`,
  village,
});

export const entityGrant = (id: string): Grant => ({ role: 'entity', scope: { kind: 'entity', id } });
export const householdGrant = (id: string): Grant => ({ role: 'household', scope: { kind: 'household', id } });

/** Puts households into the service's read copy of the register. */
export async function knowHouseholds(pool: Pool, households: readonly Known[]): Promise<void> {
  await inTransaction(pool, (client) =>
    client.query(
      `INSERT INTO platform.household_copy (id, county_code, number, village_code, village_name, township_name, head_name,
         status, member_count, members, heard_at)
       SELECT h.id::uuid, $1, h.number, h.village, '村' || right(h.village, 3), '乡' || substr(h.village, 7, 3), h.head,
         'registered', 1, jsonb_build_array(jsonb_build_object('name', h.head, 'relation', 'head')), now()
       FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS h (id, number, village, head)`,
      [
        COUNTY,
        households.map((h) => h.id),
        households.map((h) => h.number),
        households.map((h) => h.village),
        households.map((h) => h.head),
      ],
    ),
  );
}

/** A list of households as a CSV file. */
export function stakeSheet(
  rows: readonly { household: Known; yuan: string; account: string; name?: string }[],
): string {
  const lines = rows.map(
    ({ household, yuan, account, name }) =>
      `${household.number},${name ?? household.head},"${yuan}",凌源农商行,${account}`,
  );
  return `户编号,姓名,入股金额(元),开户行,账号\n${lines.join('\n')}\n`;
}

export const file = (text: string) => Readable.from([Buffer.from(text)]);

/** The people of a county's dividend, and the service they work in. */
export function people(world: TestService) {
  return {
    pool: openPool(world.urls.app, 2),
    office: world.as('office', grant('county-office')),
    leader: world.as('leader', grant('county-leader')),
    officer: world.as('officer', grant('township-officer', TOWNSHIP)),
    secondOfficer: world.as('second-officer', grant('township-officer', TOWNSHIP)),
    farOfficer: world.as('far-officer', grant('township-officer', OTHER_TOWNSHIP)),
    village: world.as('village', grant('village-officer', VILLAGE)),
    finance: world.as('finance', grant('finance')),
    auditor: world.as('auditor', grant('auditor')),
  };
}

/** An invented credit code with its check sign. */
export function creditCodeOf(n: number): string {
  const first17 = `93211382MA${String(n).padStart(7, '0')}`;
  return `${first17}${creditCodeCheckSign(first17)}`;
}

/** Those who may look at the records of an entity, by name: what each can do with them differs. */
export function readersOf(
  world: TestService,
  who: ReturnType<typeof people>,
  entityId: string,
): Record<string, Connection> {
  const own = entityGrant(entityId);
  return {
    officer: who.officer,
    farOfficer: who.farOfficer,
    village: who.village,
    finance: who.finance,
    office: who.office,
    entity: world.as(`own-${entityId}`, own),
    both: world.as(`both-${entityId}`, own, grant('township-officer', TOWNSHIP), grant('finance')),
  };
}

let codes = 0;

/** Registers an entity and hands back its own account too. */
export async function entityWithAccount(
  world: TestService,
  office: Connection,
  name: string,
  villageCodes = [VILLAGE, SECOND_VILLAGE],
) {
  codes += 1;
  const entity: Entity = await call(office, registerEntity, {
    body: {
      name,
      creditCode: creditCodeOf(codes),
      kind: 'cooperative',
      representativeRole: '理事长',
      seatCode: villageCodes[0] ?? VILLAGE,
      villageCodes,
    },
  });
  return { entity, account: world.as(`entity-${name}`, entityGrant(entity.id)) };
}

/** Drafts, fills and signs a contract over the whole of the year before. */
export async function contractInForce(
  given: { account: Connection; officer: Connection; entity: Entity },
  rows: Parameters<typeof stakeSheet>[0],
  terms: { guaranteedBp: number; profitShareBp: number; number: string; from?: string; to?: string },
): Promise<ShareContract> {
  const { number, guaranteedBp, profitShareBp, from = '2025-01-01', to = '2027-12-31' } = terms;
  const draft = await call(given.account, draftContract, {
    body: { entityId: given.entity.id, number, from, to, guaranteedBp, profitShareBp },
  });
  const brought = await callJob(given.account, importContractHouseholds, ContractHouseholdsOutcome, {
    params: { contractId: draft.id },
    query: { name: '名单.csv' },
    body: file(stakeSheet(rows)),
  });
  if (!brought.taken) throw new Error(JSON.stringify(brought.problems));
  return call(given.officer, signContract, {
    params: { contractId: draft.id },
    body: { version: brought.contract.version, signedOn: from },
  });
}

/** Takes a draft through submission, check and the whole notice; leaves the clock after it. */
export async function throughNotice(
  world: TestService,
  given: { account: Connection; officer: Connection },
  draft: Declaration,
): Promise<Declaration> {
  const params = { declarationId: draft.id };
  const submitted = await call(given.account, submitDeclaration, { params, body: { version: draft.version } });
  const checked = await call(given.officer, checkDeclaration, {
    params,
    body: { version: submitted.version, passed: true },
  });
  await postAll(given.officer, checked.id);
  return closeAll(world, given.officer, checked.id);
}

/** Posts the lists of all villages somebody may post. */
export async function postAll(at: Connection, declarationId: string) {
  const params = { declarationId };
  const { notices } = await call(at, getDeclaration, { params });
  const noticeIds = notices.filter(({ state }) => state === 'waiting').map(({ id }) => id);
  await call(at, openDividendNotice, { params, body: { noticeIds } });
  return call(at, getDeclaration, { params });
}

/** Closes the notices of all villages somebody may close, at the moment when the last can be; leaves the clock there. */
export async function closeAll(world: TestService, at: Connection, declarationId: string): Promise<Declaration> {
  const params = { declarationId };
  const { notices, notice } = await call(at, getDeclaration, { params });
  world.setNow(new Date(notice?.closableFrom ?? 0));
  const noticeIds = notices.filter(({ state }) => state === 'open').map(({ id }) => id);
  return call(at, closeDividendNotice, { params, body: { noticeIds } });
}

/** A cooperative's dividend of the year before for some households, each with 1 000 yuan at 6 %, after its notice. */
export async function noticedDividend(
  world: TestService,
  who: ReturnType<typeof people>,
  given: { name: string; households: readonly Known[] },
) {
  const own = await entityWithAccount(world, who.office, given.name, [
    ...new Set(given.households.map((household) => household.village)),
  ]);
  const rows = given.households.map((household, i) => ({
    household,
    yuan: '1000',
    account: `6217000000000${100 + i}`,
  }));
  const contract = await contractInForce({ ...own, officer: who.officer }, rows, {
    number: `HT-${given.name}`,
    guaranteedBp: 600,
    profitShareBp: 0,
  });
  const body = { contractId: contract.id, year: 2025, distributableFen: 0 };
  const draft = await call(own.account, declareDividend, { body });
  const declaration = await throughNotice(world, { ...who, account: own.account }, draft);
  const { notices } = await call(who.officer, getDeclaration, { params: { declarationId: declaration.id } });
  return { ...own, contract, declaration, notices };
}

/** Puts what a declaration has to pay into a batch, as it stands now. */
export async function makeBatch(at: Connection, declarationId: string) {
  const params = { declarationId };
  const { version } = await call(at, getDeclaration, { params });
  return call(at, createPaymentBatch, { params, body: { version } });
}

/** Brings the bank's receipt for a batch: rows under the usual header or another. */
export const bringReceipt = (
  at: Connection,
  batchId: string,
  rows: readonly string[],
  { header = '明细编号,金额(元),结果,流水号,失败原因', paidOn }: { header?: string; paidOn?: string | undefined } = {},
) =>
  callJob(at, uploadBankReceipt, BankReceiptOutcome, {
    params: { batchId },
    query: { name: '回单.csv', ...(paidOn && { paidOn }) },
    body: file(`${header}\n${rows.join('\n')}\n`),
  });

/** The stable code a call is refused with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return `${error.problem.status} ${error.problem.code}`;
    throw error;
  }
  return 'not refused';
}
