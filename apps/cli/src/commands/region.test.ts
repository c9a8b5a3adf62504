import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { answers, run, runJson, seen, send } from '../testing/platform.ts';

const FIRST = '211382101000';
const SECOND = '211382102000';
const BY = ['--on', '2026-06-01', '--document', '辽民发〔2026〕7号'];
const CHANGED = [{ from: SECOND, to: FIRST, kind: 'merge' }];

beforeEach(() => {
  for (const kind of ['rename', 'recode', 'merge', 'split', 'close']) {
    answers[`POST /api/identification/regions/changes/${kind}`] = ({ body }, response) =>
      send(response, 200, {
        id: JSON.parse(body).dryRun ? null : '019aa000-0000-7000-8000-000000000001',
        changed: CHANGED,
        households: 12,
        codes: [{ from: SECOND, to: FIRST, level: 'township' }],
      });
  }
  answers['POST /api/grants/region-changes'] = (_, response) => send(response, 200, { grants: 3, ended: 1 });
});

const bodies = (kind: string) =>
  seen
    .filter(({ key }) => key === `POST /api/identification/regions/changes/${kind}`)
    .map(({ body }) => JSON.parse(body));

describe('changes of divisions by the command line', () => {
  test('a merge is tried, its grants are counted, and it is carried out', async () => {
    const args = ['region', 'merge', '--from', `211382101,${SECOND}`, '--to', FIRST, '--name', '新镇', ...BY];
    const { exit, document } = await runJson(args);
    expect([exit, document]).toEqual([0, { changed: CHANGED, households: 12, grants: 3 }]);
    const body = { from: [FIRST, SECOND], to: FIRST, name: '新镇', on: '2026-06-01', document: '辽民发〔2026〕7号' };
    expect(bodies('merge')).toEqual([
      { ...body, dryRun: true },
      { ...body, dryRun: false },
    ]);
  });

  test('a dry run is only tried, and says in words what would change', async () => {
    const { exit, stdout } = await run(['region', 'close', '--from', SECOND, '--dry-run', ...BY]);
    expect(exit).toBe(0);
    expect(stdout).toContain('将改动 12 户、3 项授权，其中 1 项失效');
    expect(bodies('close')).toHaveLength(1);
  });

  test('a split takes its list from a file, with or without a heading', async () => {
    const file = join(tmpdir(), `bangfu-parts-${process.pid}.csv`);
    await writeFile(file, '\uFEFF村,新代码\n康杖子村,211382109000\n"东沟",211382101205\n');
    const to = ['--to', '211382109000=康镇,211382101205=东沟村'];
    const { exit } = await runJson(['region', 'split', '--from', FIRST, ...to, '--list', file, ...BY]);
    expect(exit).toBe(0);
    expect(bodies('split').at(-1)).toMatchObject({
      to: [
        { code: '211382109000', name: '康镇' },
        { code: '211382101205', name: '东沟村' },
      ],
      list: [
        { part: '康杖子村', to: '211382109000' },
        { part: '东沟', to: '211382101205' },
      ],
    });
    await writeFile(file, '村,新代码\n康杖子村,康镇\n');
    const refused = await runJson(['region', 'split', '--from', FIRST, ...to, '--list', file, ...BY]);
    expect([refused.exit, refused.document]).toMatchObject([1, { code: 'FILE_UNUSABLE' }]);
  });

  test('rename and recode name the division by --from; what is missing is wrong usage', async () => {
    expect((await runJson(['region', 'rename', '--from', FIRST, '--name', '新镇', ...BY])).exit).toBe(0);
    expect((await runJson(['region', 'recode', '--from', FIRST, '--to', '211382109', ...BY])).exit).toBe(0);
    expect(bodies('recode').at(-1)).toMatchObject({ code: FIRST, to: '211382109000' });
    expect((await runJson(['region', 'rename', '--from', FIRST, ...BY])).exit).toBe(2);
    expect((await runJson(['region', 'split', '--from', FIRST, '--to', '211382109000', ...BY])).exit).toBe(2);
  });
});
