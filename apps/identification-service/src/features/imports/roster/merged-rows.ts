import { incoming, leftEmpty } from './compare.ts';
import { HOUSEHOLD_FIELDS, HOUSEHOLD_LEFT_EMPTY, PERSON_FIELDS, PERSON_LEFT_EMPTY } from './fields.ts';
import type { StagedRoster } from './stage.ts';

/** The members of the compared households as the register will hold them after the import, as subquery `m`. */
function mergedMembers(staged: StagedRoster): string {
  const fields = PERSON_FIELDS.filter(([column]) => column !== 'phone_index');
  const values = incoming(fields, staged, 'r', 'p');
  // A person who is new has nothing where the file has no column: of several words, none.
  const columns = fields
    .map(([column], i) => `${column === 'health' ? `coalesce(${values[i]}, '{}')` : values[i]} AS ${column}`)
    .join(', ');
  const kept = fields.map(([column]) => `p.${column}`).join(', ');
  return `(
    SELECT n.household_id, n.id AS person_id, coalesce(p.row_order, r.ordinal) AS row_order, r.birth_date, r.sex,
      r.has_certificate, r.id_sealed, r.sealed_for, r.id_index,
      ${leftEmpty(PERSON_LEFT_EMPTY, staged, 'r', 'p')} AS left_empty, ${columns}
    FROM roster_person n JOIN roster_row r USING (ordinal) LEFT JOIN person p ON p.id = n.id
    UNION ALL
    SELECT p.household_id, p.id, p.row_order, p.birth_date, p.sex, p.has_certificate, p.id_sealed, p.id AS sealed_for, p.id_index,
      p.left_empty, ${kept}
    FROM roster_household n JOIN person p ON p.household_id = n.id
    WHERE NOT EXISTS (SELECT 1 FROM roster_person o WHERE o.id = p.id))`;
}

/**
 * The compared households with their members as the register will hold them after the import, in the columns of
 * `registerRows`: what the file brings over what is known, and the members it does not mention.
 */
export function mergedRows(staged: StagedRoster): string {
  const values = incoming(HOUSEHOLD_FIELDS, staged, 'r', 'h');
  const columns = HOUSEHOLD_FIELDS.map(([column], i) =>
    // Without a column of its own a new household has the status of one that was never registered.
    column === 'status' ? `coalesce(${values[i]}, r.status) AS status` : `${values[i]} AS ${column}`,
  ).join(', ');
  return `SELECT n.number, ${columns}, ${leftEmpty(HOUSEHOLD_LEFT_EMPTY, staged, 'r', 'h')} AS household_left_empty,
      coalesce(h.other_causes, '{}') AS other_causes,
      m.*
    FROM roster_household n JOIN roster_row r USING (ordinal) LEFT JOIN household h ON h.id = n.id
      JOIN ${mergedMembers(staged)} m ON m.household_id = n.id
    ORDER BY m.household_id, m.row_order, m.person_id`;
}
