/** What a settlement `s` takes off its claim; a reversal puts its part back. */
export const SETTLES = `CASE s.kind WHEN 'reversal' THEN -s.amount_fen ELSE s.amount_fen END`;

/** What is still open of `dividend_claim c`. */
export const OUTSTANDING = `(c.amount_fen - coalesce((SELECT sum(${SETTLES}) FROM claim_settlement s
  WHERE s.claim_id = c.id AND s.state = 'approved'), 0))`;
