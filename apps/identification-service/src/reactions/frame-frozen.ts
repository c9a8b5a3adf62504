import { inRegions } from '@bangfu/data/scope';
import { type RegionCode, scopePrefix } from '@bangfu/domain/shared/region';
import { frameFrozen } from '@bangfu/events/catalog/evaluation';
import { FRAME_USE } from '@bangfu/events/catalog/uses';
import { sql } from 'kysely';
import { reaction } from '../operations.ts';

/** A frame holds every household of its divisions as they are when it is frozen. */
export const onFrameFrozen = reaction(frameFrozen, async ({ tx, events }) => {
  for (const { data, countycode, time } of events) {
    const prefixes = (data.regions ?? [countycode]).map((code) => scopePrefix(code as RegionCode));
    await tx.sql
      .insertInto('household_use')
      .columns(['source_service', 'source_id', 'county_code', 'household_id', 'what', 'used_at'])
      .expression((from) =>
        from
          .selectFrom('household as h')
          .where('h.county_code', '=', countycode)
          .where((eb) => inRegions(eb.ref('h.village_code'), prefixes))
          .select((eb) => [
            eb.val(FRAME_USE.service).as('source_service'),
            sql<string>`${data.evaluationId}::text || ' ' || ${eb.ref('h.id')}`.as('source_id'),
            'h.county_code',
            'h.id',
            eb.val(FRAME_USE.name).as('what'),
            sql<string>`${time}::timestamptz`.as('used_at'),
          ]),
      )
      .onConflict((there) => there.columns(['source_service', 'source_id']).doNothing())
      .execute();
  }
});
