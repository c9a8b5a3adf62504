import { bigint, day, instant, statement, text } from '@bangfu/data/statement';
import { GOES, MOVES } from './moved-households.ts';

/** Households come to the villages and codes of a code map from a day on, as a new version of each. */
export const MOVE_HOUSEHOLDS = statement(
  `UPDATE household h SET village_code = line."to", village_id = line.id, version = h.version + 1,
     changed_at = $3::timestamptz, valid_from = greatest(h.valid_from, $4::date)
   ${GOES}`,
  { takes: [text(), text(), instant, day] },
);

/** How many households a code map moves. */
export const COUNT_MOVES = statement(`SELECT count(*) AS households FROM household h WHERE ${MOVES}`, {
  takes: [text(), text()],
  gives: { households: bigint },
});
