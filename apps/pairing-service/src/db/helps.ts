/*
 * "Who helps" is a question of a day. These are its only answers in SQL, as `holdsOn` is in the domain; `link` is an
 * alias of pairing_link, `day` an expression of a date.
 */

/** Whether a link holds on a day. */
export const helpsOn = (link: string, day: string): string =>
  `(${link}.withdrawn_at IS NULL AND ${link}.valid_from <= ${day}
    AND (${link}.valid_until IS NULL OR ${link}.valid_until > ${day}))`;

/** Whether a link begins after a day. */
export const helpsAfter = (link: string, day: string): string =>
  `(${link}.withdrawn_at IS NULL AND ${link}.valid_from > ${day})`;

/** Whether a link has ended by a day. */
export const helpedBefore = (link: string, day: string): string =>
  `(${link}.withdrawn_at IS NULL AND ${link}.valid_until <= ${day})`;

/** Whether a link holds or begins later, and its end is set for after a day. */
export const endsAfter = (link: string, day: string): string =>
  `(${link}.withdrawn_at IS NULL AND ${link}.valid_until > ${day})`;
