import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { ALL_POLICIES } from '@bangfu/contracts/policies';
import { answers, AT, problem, run, runJson, seen, send } from '../testing/platform.ts';

const ID = '019aa000-0000-7000-8000-000000000009';
const VALUE = { minAttendanceBp: 9000, passMark: 60 };
const version = {
  id: ID,
  policy: 'certificates',
  validFrom: '2027-01-01',
  value: VALUE,
  document: '县办〔2026〕1号',
  paragraph: '',
  shippedFor: null,
  state: 'draft',
  draftedBy: '某人',
  draftedAt: AT,
  approvedBy: null,
  approvedAt: null,
  withdrawnBy: null,
  withdrawnReason: null,
  changes: [{ field: 'minAttendanceBp', before: 8000, after: 9000 }],
  version: 1,
};
const inForce = { id: ID, value: VALUE, validFrom: '2010-01-01', document: '系统默认政策', paragraph: '' };
const listed = () => {
  for (const declared of ALL_POLICIES) {
    const { owner } = declared.listPolicies;
    answers[`GET /api/${owner}/policies`] = (_, response) =>
      send(response, 200, {
        rows: owner === 'training' ? [{ policy: 'certificates', inForce, versions: [{ ...version, steps: [] }] }] : [],
      });
  }
};

describe('policies by the command line', () => {
  test('list prints what is in force and which drafts wait', async () => {
    listed();
    const { exit, document } = await runJson(['policy', 'list']);
    expect([exit, document]).toEqual([
      0,
      {
        policies: [
          {
            service: 'training',
            key: 'certificates',
            validFrom: '2010-01-01',
            document: '系统默认政策',
            drafts: [{ id: ID, validFrom: '2027-01-01', document: '县办〔2026〕1号', draftedBy: '某人' }],
          },
        ],
      },
    ]);
    expect((await run(['policy', 'list'])).stdout).toContain(`待批 ${ID}`);
  });

  test('show prints the version in force on a day, in words too', async () => {
    answers['GET /api/training/policies/certificates'] = (_, response) =>
      send(response, 200, { ...inForce, policy: 'certificates', version: 1 });
    const { document } = await runJson(['policy', 'show', 'certificates', '--on', '2026-12-01']);
    expect(document).toEqual({
      key: 'certificates',
      value: VALUE,
      validFrom: '2010-01-01',
      document: '系统默认政策',
      version: 1,
    });
    expect(seen.at(-1)?.query.get('on') ?? seen.find(({ key }) => key.includes('policies'))?.query.get('on')).toBe(
      '2026-12-01',
    );
    expect((await run(['policy', 'show', 'certificates'])).stdout).toMatch(/最低出勤率 +90%/);
    expect((await run(['policy', 'show', 'weather'])).exit).toBe(2);
  });

  test('draft sends the file, and a refusal names the field', async () => {
    const file = join(tmpdir(), `policy-${process.pid}.json`);
    await writeFile(file, JSON.stringify(VALUE));
    const command = ['policy', 'draft', 'certificates', file, '--from', '2027-01-01', '--document', '县办〔2026〕1号'];
    answers['POST /api/training/policies'] = (_, response) => send(response, 201, version);
    const { exit, document } = await runJson(command);
    expect([exit, document]).toMatchObject([0, { id: ID, key: 'certificates', state: 'draft', value: VALUE }]);
    expect(JSON.parse(seen.find(({ key }) => key === 'POST /api/training/policies')?.body ?? '')).toEqual({
      policy: 'certificates',
      validFrom: '2027-01-01',
      document: '县办〔2026〕1号',
      paragraph: '',
      value: VALUE,
    });
    answers['POST /api/training/policies'] = (_, response) =>
      send(response, 400, problem(400, 'INVALID_INPUT', '填写内容不符合要求'));
    expect((await runJson(command)).document['code']).toBe('INVALID_INPUT');
    await writeFile(file, 'no JSON');
    expect((await runJson(command)).document['code']).toBe('FILE_UNUSABLE');
  });

  test('approve finds the draft in its service and approves the version it saw', async () => {
    listed();
    answers[`POST /api/training/policies/${ID}/approve`] = (_, response) =>
      send(response, 200, { ...version, state: 'approved', approvedBy: '领导', approvedAt: AT, version: 2 });
    const { exit, document } = await runJson(['policy', 'approve', ID]);
    expect([exit, document]).toMatchObject([0, { id: ID, state: 'approved', version: 2 }]);
    expect(JSON.parse(seen.find(({ key }) => key.includes('approve'))?.body ?? '')).toEqual({ version: 1 });
    const unknown = await runJson(['policy', 'approve', ID.replace('9aa', '9ab')]);
    expect([unknown.exit, unknown.document['code']]).toEqual([1, 'POLICY_UNKNOWN']);
  });
});
