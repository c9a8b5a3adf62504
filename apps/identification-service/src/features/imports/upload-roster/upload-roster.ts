import type { Readable } from 'node:stream';
import { type RosterImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { demand } from '@bangfu/domain/shared/errors';
import { regionPrefixes } from '@bangfu/platform/auth/caller';
import { type Actor, runCommand } from '@bangfu/platform/db/command';
import { Refusal } from '@bangfu/platform/http/refusal';
import { orderJob } from '@bangfu/platform/jobs/job';
import type { Identification } from '../../../db/client.ts';
import { dropFile } from '../drop-file.ts';
import { shown } from '../import.repository.ts';
import type { RosterJobInput } from '../roster/roster-job.ts';

/** As large as a county's roster gets, with room; more is a mistake or an attack. */
const LARGEST_UPLOAD = 200 * 1024 * 1024;

/**
 * Takes a roster: the bytes go to the file store as they come, then an import record and its job begin together.
 * @throws DomainError FILE_TOO_LARGE, COUNTY_UNKNOWN, IMPORT_OUTSIDE_OFTEN (before anything is read)
 */
export async function takeRoster(
  service: Identification,
  actor: Actor,
  upload: Readable,
  asked: { name: string; county: string | undefined; commit: boolean },
): Promise<RosterImport> {
  const countyCode = await countyFor(service, actor, asked.county);
  await requireFewOutside(service, actor);
  const file = await service.files.put(upload, LARGEST_UPLOAD);
  const id = service.newId(actor.now);
  const jobId = service.newId(actor.now);
  const input: RosterJobInput = { importId: id, commit: asked.commit };
  const known = { name: asked.name, sha256: file.sha256, commit: asked.commit };
  const record = runCommand(service.transaction, service.newId, uploadRoster, actor, known, async (tx, sql) => {
    const row = await tx.rosterImport.create({
      data: {
        id,
        countyCode,
        fileName: asked.name,
        fileSha256: file.sha256,
        state: asked.commit ? 'committing' : 'checking',
        jobId,
        accountId: actor.caller.id,
        accountName: actor.caller.name,
        regionPrefixes: regionPrefixes(actor.caller),
        createdAt: actor.now,
      },
    });
    await orderJob(sql, {
      id: jobId,
      kind: 'roster-import',
      title: `导入 ${asked.name}`,
      caller: actor.caller,
      input,
      now: actor.now,
    });
    return {
      answer: shown(row),
      audit: [
        { action: uploadRoster.audit ?? '', recordType: 'import', recordId: id, change: { ...known, size: file.size } },
      ],
    };
  });
  const answer = await record.catch(async (refused: unknown) => {
    // A refused upload leaves no file behind; why it was refused matters more than a file that stays.
    await dropFile(service, file.sha256).catch(() => undefined);
    throw refused;
  });
  service.nudgeJobs();
  return answer;
}

/** As many persons of other areas as the files of an account may find in a day. */
const MOST_OUTSIDE = 200;
const DAY_MS = 86_400_000;

/** Looking up who lives elsewhere by one file after the other ends here (formats, `PERSON_ELSEWHERE`). */
async function requireFewOutside(service: Identification, { caller, now }: Actor): Promise<void> {
  const { _sum } = await service.prisma.outsideFinding.aggregate({
    where: { accountId: caller.id, foundAt: { gt: new Date(now.getTime() - DAY_MS) } },
    _sum: { persons: true },
  });
  demand((_sum.persons ?? 0) < MOST_OUTSIDE, 'IMPORT_OUTSIDE_OFTEN', { most: MOST_OUTSIDE });
}

/** The county a roster is for: the one named, or the only one there is, within the caller's scope. */
async function countyFor(service: Identification, actor: Actor, asked: string | undefined): Promise<string> {
  const counties = await service.prisma.region.findMany({ where: { level: 'county' }, select: { code: true } });
  const codes = counties.map((county) => county.code);
  const code = asked ?? (codes.length === 1 ? codes[0] : undefined);
  demand(code !== undefined && codes.includes(code), 'COUNTY_UNKNOWN', { county: asked ?? '' });
  const prefixes = regionPrefixes(actor.caller);
  const mine = prefixes.some((prefix) => code.startsWith(prefix) || prefix.startsWith(code.slice(0, 6)));
  if (!mine) throw new Refusal(404, 'NOT_FOUND');
  return code;
}
