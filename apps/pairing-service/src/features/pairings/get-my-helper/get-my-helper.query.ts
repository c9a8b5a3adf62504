import type { AnswerOf } from '@bangfu/contracts/core/operation';
import type { getMyHelper as operation } from '@bangfu/contracts/pairing/pairings';
import { businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, scopeIds } from '@bangfu/platform/auth/caller';
import { readsOf } from '@bangfu/platform/db/reads';
import type { Pairing } from '../../../db/client.ts';
import { helpsOn } from '../../../db/helps.ts';
import { CADRE_PHONE } from '../../../db/sealed.ts';

interface Row {
  readonly cadreId: string;
  readonly name: string;
  readonly unitName: string;
  readonly since: string;
  readonly phoneSealed: Uint8Array | null;
  readonly lastVisit: string | null;
}

/** Who helps the household the caller speaks for, with the number to call; null while nobody does. */
export async function getMyHelper(service: Pairing, caller: Caller, now: Date): Promise<AnswerOf<typeof operation>> {
  const { rows } = await readsOf(service, caller).query<Row>(
    `SELECT c.id::text AS "cadreId", c.name, u.name AS "unitName", l.valid_from::text AS since, c.phone_sealed AS "phoneSealed",
       (SELECT max((v.at AT TIME ZONE 'Asia/Shanghai')::date)::text FROM visit v WHERE v.household_id = l.household_id) AS "lastVisit"
     FROM pairing_link l JOIN cadre c ON c.id = l.cadre_id JOIN unit u ON u.id = l.unit_id
       JOIN platform.household_copy h ON h.id = l.household_id
     WHERE h.id::text = ANY ($1::text[]) AND NOT h.withdrawn AND ${helpsOn('l', '$2::date')} LIMIT 1`,
    [scopeIds(caller, 'household'), businessDayOf(now)],
  );
  const [row] = rows;
  if (!row) return { helper: null };
  const { cadreId, phoneSealed, ...helper } = row;
  return { helper: { ...helper, phone: phoneSealed ? service.cipher.open(CADRE_PHONE, cadreId, phoneSealed) : null } };
}
