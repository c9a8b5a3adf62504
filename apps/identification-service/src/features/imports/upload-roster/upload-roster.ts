import * as contract from '@bangfu/contracts/identification/imports';
import { sumOf } from '@bangfu/data/sum-of';
import type { ReadSql } from '@bangfu/data/typed-sql';
import { demandDay } from '@bangfu/domain/shared/day-bounds';
import { demand } from '@bangfu/domain/shared/errors';
import { businessDay, businessDayOf } from '@bangfu/domain/shared/time';
import { type Caller, regionPrefixes } from '@bangfu/platform/auth/caller';
import { Refusal } from '@bangfu/platform/http/refusal';
import { type Tables, upload } from '../../../operations.ts';
import { dropFile } from '../drop-file.ts';
import { getVisible, shown } from '../import.repository.ts';
import { rosterJob } from '../roster/roster-job.ts';

/** As large as a county's roster gets, with room; more is a mistake or an attack. */
const LARGEST_UPLOAD = 200 * 1024 * 1024;

/**
 * Takes a roster: the bytes go to the file store as they come, then an import record and its job begin together.
 * @throws DomainError DAY_TOO_LATE, FILE_TOO_LARGE, COUNTY_UNKNOWN, IMPORT_OUTSIDE_OFTEN (before anything is read)
 */
export const uploadRoster = upload(
  contract.uploadRoster,
  async ({ read, caller, now, query, kit, upload: roster }) => {
    const today = businessDayOf(now);
    if (query.asOf) demandDay(businessDay(query.asOf), { until: today });
    const countyCode = await countyFor(read, caller, query.county);
    await requireFewOutside(read, caller, now);
    const { sha256, size } = await kit.files.put(roster, LARGEST_UPLOAD);
    return { countyCode, sha256, size };
  },
  async ({ query, brought, tx, caller, now, newId, audit, orderWork }) => {
    const { countyCode, sha256, size } = brought;
    const { name, asOf = businessDayOf(now) } = query;
    const commit = query.commit === 'true';
    const id = newId();
    const jobId = await orderWork(rosterJob.order(`导入 ${name}`, { importId: id, commit }));
    await tx.sql
      .insertInto('roster_import')
      .values({
        id,
        county_code: countyCode,
        file_name: name,
        file_sha256: sha256,
        as_of: asOf,
        state: commit ? 'committing' : 'checking',
        job_id: jobId,
        account_id: caller.id,
        account_name: caller.name,
        region_prefixes: regionPrefixes(caller),
        created_at: now,
      })
      .execute();
    audit.entry('import', id, { name, sha256, asOf, commit, size });
    return shown(await getVisible(tx.sql, id, { ...caller, countyCode }));
  },
  // A refused upload leaves no file behind.
  (kit, { sha256 }) => dropFile(kit, sha256),
);

/** As many persons of other areas as the files of an account may find in a day. */
const MOST_OUTSIDE = 200;
const DAY_MS = 86_400_000;

/** Looking up who lives elsewhere by one file after the other ends here (formats, `PERSON_ELSEWHERE`). */
async function requireFewOutside(read: ReadSql<Tables>, caller: Caller, now: Date): Promise<void> {
  const { persons } = await read
    .selectFrom('outside_finding')
    .where('account_id', '=', caller.id)
    .where('found_at', '>', new Date(now.getTime() - DAY_MS))
    .select(({ ref }) => sumOf(ref('persons')).as('persons'))
    .executeTakeFirstOrThrow();
  demand(persons < MOST_OUTSIDE, 'IMPORT_OUTSIDE_OFTEN', { most: MOST_OUTSIDE });
}

/** The county a roster is for: the one named, or the only one there is, within the caller's scope. */
async function countyFor(read: ReadSql<Tables>, caller: Caller, asked: string | undefined): Promise<string> {
  const counties = await read.selectFrom('region').where('level', '=', 'county').select('code').execute();
  const codes = counties.map((county) => county.code);
  const code = asked ?? (codes.length === 1 ? codes[0] : undefined);
  demand(code !== undefined && codes.includes(code), 'COUNTY_UNKNOWN', { county: asked ?? '' });
  const prefixes = regionPrefixes(caller);
  const isTheirs = prefixes.some((prefix) => code.startsWith(prefix) || prefix.startsWith(code.slice(0, 6)));
  if (!isTheirs) throw new Refusal(404, 'NOT_FOUND');
  return code;
}
