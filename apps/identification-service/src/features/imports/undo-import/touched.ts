import { DomainError, demand } from '@bangfu/domain/shared/errors';
import type { PoolClient } from '@bangfu/data/pool';
import { likeAny } from '@bangfu/data/scope';
import type { KeptUse } from '../../../reactions/household-uses.ts';

/**
 * The households of an import: the version each had before, whether the import brought it, the village it stood in
 * then, and since when something is built on the import - `committed` by the clock of the business, `kept` by that of
 * the database.
 */
const TOUCHED = `
  SELECT v.id, v.version AS before, v.village_code AS village, i.committed_at AS committed, v.kept_at AS kept,
    false AS brought
  FROM household_history v JOIN household h ON h.id = v.id JOIN roster_import i ON i.id = v.replaced_by
  WHERE v.replaced_by = $1::uuid
  UNION ALL
  SELECT h.id, h.brought_version - 1, h.village_code, '-infinity', '-infinity', true
  FROM household h WHERE h.brought_by = $1::uuid`;

/**
 * Puts the households an import brought or changed into the table `touched`, locked until the end of the transaction
 * together with their cases, so that nothing is built on them while it is taken back.
 */
export async function lockTouched(client: PoolClient, importId: string): Promise<void> {
  await client.query(
    `CREATE TEMP TABLE touched (id uuid PRIMARY KEY, before integer, village text, committed timestamptz,
       kept timestamptz, brought boolean) ON COMMIT DROP`,
  );
  await client.query(`INSERT INTO touched ${TOUCHED}`, [importId]);
  await client.query('ANALYZE touched');
  // Cases before households, as their own commands lock them.
  await client.query(
    'SELECT 1 FROM case_file c WHERE c.household_id IN (SELECT id FROM touched) ORDER BY c.id FOR UPDATE',
  );
  await client.query('SELECT 1 FROM household h WHERE h.id IN (SELECT id FROM touched) ORDER BY h.id FOR UPDATE');
}

/** @throws DomainError IMPORT_UNDO_OUTSIDE when a household stands, or would stand again, outside the prefixes */
export async function refuseOutside(client: PoolClient, prefixes: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*) AS n FROM touched t JOIN household h USING (id)
     WHERE NOT (h.village_code LIKE ANY ($1) AND t.village LIKE ANY ($1))`,
    [likeAny(prefixes)],
  );
  const households = rows[0]?.n ?? 0;
  demand(households === 0, 'IMPORT_UNDO_OUTSIDE', { households });
}

/** What others may have built on a household, in words. */
export const USED_AS: Readonly<Record<KeptUse, { readonly zh: string; readonly en: string }>> = {
  pairing: { zh: '已落实帮扶责任人', en: 'with a helper' },
  visit: { zh: '已有走访记录', en: 'with visits' },
  contract: { zh: '已列入产业合同', en: 'on the list of a contract' },
  enrolment: { zh: '已报名培训', en: 'enrolled in training' },
  certificate: { zh: '已发放培训证书', en: 'with a training certificate' },
  frame: { zh: '已列入评估抽样框', en: 'in the frame of an evaluation' },
};

/** What may stand on an import's households; each query counts them. Features that build on households add theirs. */
const BUILT_ON: readonly { readonly zh: string; readonly en: string; readonly count: string }[] = [
  {
    zh: '之后又修改过',
    en: 'changed later',
    // What an undone import changed, and its undo changed back, counts for nothing.
    count: `FROM touched t JOIN household h USING (id) CROSS JOIN LATERAL (
        SELECT count(*) AS versions, count(*) FILTER (WHERE u.id IS NULL) AS standing FROM household_history v
          LEFT JOIN roster_import u ON u.id = v.replaced_by AND u.state = 'undone'
        WHERE v.id = t.id AND v.version > t.before) later
      WHERE later.standing > 0 OR h.version <> t.before + 1 + later.versions`,
  },
  {
    zh: '已在办识别退出案卷',
    en: 'with a case file',
    count: 'FROM touched t JOIN case_file c ON c.household_id = t.id WHERE c.changed_at > t.committed',
  },
  {
    zh: '已登记收入凭据（如分红到户）',
    en: 'with evidence of income (a dividend)',
    // What was taken back again adds up to nothing.
    count: `FROM touched t WHERE 0 <> (SELECT coalesce(sum(e.amount_fen), 0) FROM income_evidence e
      WHERE e.household_id = t.id AND e.recorded_at > t.kept)`,
  },
  {
    zh: '更正前的证件号码已用于他人',
    en: 'whose former ID number another person has now',
    count: `FROM touched t JOIN person_history m ON m.household_id = t.id AND m.household_version = t.before AND NOT t.brought
        JOIN person p ON p.county_code = m.county_code AND p.id_index = m.id_index AND p.id <> m.id
      WHERE p.household_id NOT IN (SELECT id FROM touched)`,
  },
  ...Object.entries(USED_AS).map(([what, text]) => ({ ...text, count: usedAs(what as KeptUse) })),
];

function usedAs(what: KeptUse): string {
  return `FROM touched t JOIN household_use u ON u.household_id = t.id WHERE u.what = '${what}' AND u.used_at > t.committed`;
}

/** As many households of each kind as are named; their files lead to the rest. */
const NAMED = 3;

/**
 * @throws DomainError IMPORT_BUILT_ON naming all that stands on the import, with how many households of each and the
 *   numbers of the first
 */
export async function refuseWhenBuiltOn(client: PoolClient): Promise<void> {
  const found: { readonly zh: string; readonly en: string; readonly n: number; readonly numbers: string[] }[] = [];
  for (const { zh, en, count } of BUILT_ON) {
    const { rows } = await client.query<{ n: number; numbers: string[] }>(
      `WITH standing AS (SELECT DISTINCT t.id ${count})
       SELECT (SELECT count(*) FROM standing) AS n, ARRAY(
         SELECT k.number FROM household k JOIN standing USING (id) ORDER BY k.number LIMIT ${NAMED}) AS numbers`,
    );
    const { n = 0, numbers = [] } = rows[0] ?? {};
    if (n > 0) found.push({ zh, en, n, numbers });
  }
  if (found.length === 0) return;
  throw new DomainError('IMPORT_BUILT_ON', {
    zh: found
      .map(({ zh, n, numbers }) => `${n} 户${zh}（户编号 ${numbers.join('、')}${n > NAMED ? ' 等' : ''}）`)
      .join('；'),
    en: found.map(({ en, n, numbers }) => `${n} ${en} (${numbers.join(', ')}${n > NAMED ? ', …' : ''})`).join('; '),
  });
}
