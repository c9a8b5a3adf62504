import type { Dossier } from '@bangfu/contracts/core/every-service';
import { pgSql } from '@bangfu/events/sql';
import { type Caller, regionPrefixes } from '@bangfu/service-kit/auth/caller';
import { readsOf } from '@bangfu/service-kit/db/reads';
import { likeAny } from '@bangfu/service-kit/db/scope';
import { findHouseholdCopies } from '@bangfu/service-kit/household-copy/household-copy';
import { notFound } from '@bangfu/service-kit/http/refusal';
import type { Pairing } from '../../db/client.ts';

/** This service's part of a household's dossier. @throws Refusal 404 */
export async function readDossier(service: Pairing, caller: Caller, householdNumber: string): Promise<Dossier> {
  const sql = pgSql(readsOf(service, caller));
  const [household] = await findHouseholdCopies(sql, { numbers: [householdNumber] }, likeAny(regionPrefixes(caller)));
  if (!household) throw notFound();
  return { sections: [], timeline: [], link: '/pairing/' };
}
