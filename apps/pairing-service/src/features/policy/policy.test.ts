import { globSync, readFileSync } from 'node:fs';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { callJob } from '@bangfu/contracts/core/list-job';
import type { OfferedPolicyVersion } from '@bangfu/contracts/core/policy-operations';
import { CadreImportReport, importCadres } from '@bangfu/contracts/pairing/cadres';
import { PAIRING, PAIRING_POLICIES, type PolicyContent } from '@bangfu/contracts/pairing/policies';
import { addDays, businessDay } from '@bangfu/domain/shared/time';
import { OfferLog } from '@bangfu/platform/testing/offers';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import '@bangfu/testkit/postgres';
import { migratedDatabase } from '@bangfu/testkit/migrated-database';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildPairing } from '../../app.ts';
import { contentNow } from '../../testing/policy.ts';
import { refused } from '../../testing/refused.ts';
import { feedRegions } from '../../testing/register.ts';

const TODAY = businessDay('2026-03-02');
const { listPolicies, draftPolicy, approvePolicy, withdrawPolicy } = PAIRING_POLICIES;

let world: TestService;
let office: Connection;
let leader: Connection;
let content: PolicyContent;

beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'pairing', buildPairing);
  world.setNow(new Date('2026-03-02T02:00:00Z'));
  office = world.as('office', grant('county-office'));
  leader = world.as('leader', grant('county-leader'));
  await feedRegions(world.urls.app);
  const body = Buffer.from('单位,姓名,职级\n水利局,水一,正职\n');
  await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
  content = await contentNow(office);
});
afterAll(() => world.stop());

const withQuotas = (quota: (of: number) => number): PolicyContent => ({
  ...content,
  ranks: content.ranks.map((rule) => ({ ...rule, quota: quota(rule.quota) })),
});
const draft = (validFrom: string, value: PolicyContent = content, as = office) =>
  call(as, draftPolicy, { body: { policy: PAIRING.key, validFrom, document: '凌扶发〔2026〕7号', value } });
const at = ({ id, version }: { id: string; version: number }) => ({ params: { policyId: id }, body: { version } });

describe('the ranks of a version', () => {
  it('given quotas of 0 for all ranks, then it is refused: nobody could help anybody', async () => {
    expect(
      await refused(
        draft(
          '2026-04-01',
          withQuotas(() => 0),
        ),
      ),
    ).toBe('POLICY_NO_QUOTA');
    const [rank] = content.ranks;
    const twice = { ...content, ranks: [...content.ranks, ...(rank ? [rank] : [])] };
    expect(await refused(draft('2026-04-01', twice))).toBe('RANK_TWICE');
  });

  it('given a cadre who came into service since the draft, when his rank is missing in it, then it is not approved', async () => {
    const without = { ...content, ranks: content.ranks.filter(({ rank }) => rank !== 'staff') };
    const made = await draft('2026-04-01', without);
    const heads = { ...content, ranks: content.ranks.filter(({ rank }) => rank !== 'township-department-head') };
    expect(await refused(draft('2026-04-01', heads))).toBe('RANK_IN_USE');
    const body = Buffer.from('单位,姓名,职级\n水利局,水二,一般干部\n');
    await callJob(office, importCadres, CadreImportReport, { query: { name: '名单.csv', commit: 'true' }, body });
    expect(await refused(call(leader, approvePolicy, at(made)))).toBe('RANK_IN_USE');
  });
});

describe('given versions in every state', () => {
  type Step = OfferedPolicyVersion['steps'][number]['step'];
  const rowOf = async (as: Connection, id: string) => {
    const { rows } = await call(as, listPolicies, {});
    const row = rows.flatMap(({ versions }) => versions).find((each) => each.id === id);
    if (!row) throw new Error(`no version ${id}`);
    return row;
  };
  const take = (as: Connection, step: Step, row: OfferedPolicyVersion) =>
    step === 'approve'
      ? call(as, approvePolicy, at(row))
      : call(as, withdrawPolicy, { ...at(row), body: { version: row.version, reason: '写错' } });

  it('when everybody tries every step, then what the list offers is what the service accepts', async () => {
    const both = world.as('both', grant('county-office'), grant('county-leader'));
    const other = world.as('other-leader', grant('county-leader'));
    const readers = { auditor: world.as('auditor', grant('auditor')), office, both, leader, other };
    const withdrawn = await draft('2026-07-01');
    await call(leader, withdrawPolicy, { ...at(withdrawn), body: { version: withdrawn.version, reason: '写错' } });
    const ahead = await draft('2026-08-01');
    const again = await draft('2026-08-01', content, both);
    await call(leader, approvePolicy, at(ahead));
    const made = [
      withdrawn,
      ahead,
      await draft(addDays(TODAY, 366)),
      again,
      await draft('2026-09-01'),
      await draft('2026-10-01', content, both),
    ];
    const log = new OfferLog();
    const everybody = Object.entries(readers);
    for (const [n, { id, validFrom }] of made.entries()) {
      // Who comes first ends a draft: each of them does once.
      const first = n % everybody.length;
      const inTurn = Object.fromEntries([...everybody.slice(first), ...everybody.slice(0, first)]);
      await log.tryAll({ readers: inTurn, name: validFrom, read: (as) => rowOf(as, id), take });
    }
    expect(log.wrong).toEqual([]);
    expect([...log.taken].sort()).toEqual(['approve', 'withdraw']);
  });
});

it('given versions of former releases in every state, when they are brought to the present, then each keeps what it said', async () => {
  const client = new pg.Client({
    connectionString: (await migratedDatabase(inject('postgresUrl'), 'pairing')).migrator,
  });
  await client.connect();
  try {
    await client.query(`CREATE TABLE pairing_policy (id uuid, county_code text, valid_from date, document text, content jsonb,
      state text, account_id text, account_name text, writer_ids text[], enforcer_id text, enforcer_name text,
      enforced_at timestamptz, supersedes uuid, closer_name text, close_reason text, version integer, recorded_at timestamptz)`);
    const states = ['draft', 'in-force', 'in-force', 'superseded', 'withdrawn', 'discarded'];
    for (const [at, state] of states.entries()) {
      await client.query(
        `INSERT INTO pairing_policy VALUES (uuidv7(), '211382000000', $1, $2, $3::jsonb, $4, 'maker', '拟稿人', '{maker}', $5, $6,
           '2026-01-02', NULL, $7, $8, $9, '2026-01-01')`,
        [
          `2026-0${at + 1}-01`,
          `文件${at}`,
          JSON.stringify({ ranks: [], at }),
          state,
          ...(at === 1 ? ['leader', '领导'] : [null, null]),
          ...(at > 3 ? ['收回人', '写错'] : [null, null]),
          at + 1,
        ],
      );
    }
    const [folder] = globSync('prisma/migrations/*_policies_of_the_platform');
    await client.query(readFileSync(`${folder}/migration.sql`, 'utf8'));
    const { rows } = await client.query(
      `SELECT valid_from::text AS day, document, value->'at' AS at, state, drafted_by, drafted_by_name, approved_by,
         approved_by_name, withdrawn_by_name, withdrawn_reason, version
       FROM platform.policy WHERE key = 'pairing' AND county_code IS NOT NULL ORDER BY valid_from`,
    );
    expect(rows).toEqual(
      states.map((state, at) => ({
        day: `2026-0${at + 1}-01`,
        document: `文件${at}`,
        at,
        state: state === 'draft' ? 'draft' : state === 'in-force' ? 'approved' : 'withdrawn',
        drafted_by: 'maker',
        drafted_by_name: '拟稿人',
        approved_by: at === 1 ? 'leader' : at === 2 ? 'unknown' : null,
        approved_by_name: at === 1 ? '领导' : null,
        withdrawn_by_name: at > 3 ? '收回人' : null,
        withdrawn_reason: at > 3 ? '写错' : null,
        version: at + 1,
      })),
    );
  } finally {
    await client.end();
  }
});
