import { Readable } from 'node:stream';
import { call, type Connection, send } from '@bangfu/contracts/core/client';
import { getCasePhoto, uploadCasePhoto } from '@bangfu/contracts/identification/case-photos';
import {
  getCase,
  openCases,
  recordAppraisal,
  recordSurvey,
  submitApplication,
} from '@bangfu/contracts/identification/cases';
import { listHouseholds } from '@bangfu/contracts/identification/households';
import type { ServiceKit } from '@bangfu/platform/service';
import { lookAtPhoto, testPhoto } from '@bangfu/platform/testing/photos';
import { grant, type TestService, testService } from '@bangfu/platform/testing/test-service';
import { WITHOUT_LINE } from '../../../testing/case-walks.ts';
import '@bangfu/testkit/postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildIdentification } from '../../../app.ts';
import { fillRegister } from '../../../testing/register.ts';

const DAY = '2026-03-02';
const JPEG = await testPhoto({ located: true });
const VOTES = { entitled: 30, present: 24, inFavour: 20, against: 2, abstained: 1, recused: 1 };
const MEETING = { version: 3, heldOn: DAY, place: '村部', chair: '村支书', minutes: '到会代表逐户评议。', ...VOTES };

let world: TestService;
let kit: ServiceKit;
let village: Connection;
let caseId: string;

/** A case that waits for its appraisal. */
beforeAll(async () => {
  world = await testService(inject('postgresUrl'), 'identification', (given) => {
    kit = given;
    return buildIdentification(given);
  });
  world.setNow(new Date(`${DAY}T04:00:00Z`));
  village = world.as('village', grant('village-officer', '211382101200'));
  const office = world.as('office', grant('county-office'));
  await fillRegister(office, [{ number: '21138210100001', head: '甲一', village: '佐杖子村' }]);
  const { rows } = await call(office, listHouseholds, {});
  const { cases } = await call(village, openCases, { body: { householdIds: [rows[0]?.id ?? ''], on: DAY } });
  caseId = cases[0]?.id ?? '';
  const findings = { enter: '一', look: '二', compute: '三', compare: '四', appraise: '五', decide: '六' };
  const at = (version: number) => ({ version, on: DAY });
  await call(village, recordSurvey, {
    params: { caseId },
    body: { ...at(1), surveyors: '二人', findings, exceeding: WITHOUT_LINE },
  });
  const application = { ...at(2), applicant: '甲一', reasons: '缺资金', authorised: true };
  await call(village, submitApplication, { params: { caseId }, body: application });
});
afterAll(() => world.stop());

const code = (expected: string) => ({ problem: { code: expected } });

describe('the photos of an appraisal meeting', () => {
  it('given a file that is none, or a photo another account took, when the meeting names it, then it is refused', async () => {
    const noPhoto = call(village, uploadCasePhoto, { body: Buffer.from('<svg onload=alert(1)>') });
    await expect(noPhoto).rejects.toMatchObject(code('PHOTO_NOT_AN_IMAGE'));
    const other = world.as('other', grant('village-officer', '211382101201'));
    const { sha256 } = await call(other, uploadCasePhoto, { body: await testPhoto({ number: 2 }) });
    const named = call(village, recordAppraisal, { params: { caseId }, body: { ...MEETING, photos: [sha256] } });
    await expect(named).rejects.toMatchObject(code('PHOTO_UNKNOWN'));
  });

  it('given a photo of the meeting, when it is recorded with it, then whoever sees the case sees it, masked readers not', async () => {
    const { sha256 } = await call(village, uploadCasePhoto, { body: JPEG });
    const earlier = await photoOfEarlierRelease();
    await call(village, recordAppraisal, { params: { caseId }, body: { ...MEETING, photos: [sha256, earlier] } });
    const { history } = await call(village, getCase, { params: { caseId } });
    expect(history.map(({ photos }) => photos)).toEqual([[sha256, earlier], [], [], []]);

    const params = { caseId, sha256 };
    const leader = world.as('leader', grant('township-leader', '211382101000'));
    const answer = await send(leader, getCasePhoto, { params });
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    const seen = await lookAtPhoto(Buffer.from(await answer.arrayBuffer()));
    expect(seen).toEqual({ format: 'jpeg', width: 96, height: 64, hasExif: false });
    // The earlier release kept the uploaded file with its position: nobody gets it, the first time or the second.
    for (let i = 0; i < 2; i++) {
      const shown = await send(leader, getCasePhoto, { params: { caseId, sha256: earlier } });
      const again = await lookAtPhoto(Buffer.from(await shown.arrayBuffer()));
      expect(again).toEqual({ format: 'jpeg', width: 64, height: 96, hasExif: false });
    }
    const neighbour = world.as('neighbour', grant('village-officer', '211382101201'));
    await expect(send(neighbour, getCasePhoto, { params })).rejects.toMatchObject(code('NOT_FOUND'));
    const auditor = world.as('auditor', grant('auditor'));
    await expect(send(auditor, getCasePhoto, { params })).rejects.toMatchObject(code('NOT_GRANTED'));
  });
});

/** A photo of the village's account as an earlier release kept it: the uploaded file itself. */
async function photoOfEarlierRelease(): Promise<string> {
  const upload = await testPhoto({ located: true, orientation: 8, number: 3 });
  const { sha256, size } = await kit.files.put(Readable.from([upload]), upload.length);
  await kit.pool.query(
    `INSERT INTO photo (sha256, account_id, county_code, media_type, size, uploaded_at)
     VALUES ($1, 'test-village', '211382', 'image/jpeg', $2, now())`,
    [sha256, size],
  );
  return sha256;
}
