import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, type Connection } from '@bangfu/contracts/core/client';
import type { Problem } from '@bangfu/contracts/core/problem';
import { signOut } from '@bangfu/contracts/gateway/session';
import { getStatistics } from '@bangfu/contracts/identification/households';
import { xlsxParts } from '@bangfu/testkit/workbook';
import { makeZip } from '@bangfu/testkit/zip';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ADMIN_PASSWORD } from './accounts.ts';
import { connectAs } from './client.ts';
import { bangfu, type CommandRun, commandLineOf } from './command-line.ts';
import { beginImport, bringRegions, committed, ROSTERS } from './county.ts';
import { strike } from './processes.ts';
import { dataFolder, removeFolder, type StartedPlatform, startPlatform } from './start-platform.ts';
import { freePort } from '@bangfu/infra/local/free-port';
import { until } from './until.ts';

const HOUSEHOLDS = 120;
const data = dataFolder();
const files = dataFolder();
let platform: StartedPlatform;
let admin: Connection;
let run: ReturnType<typeof commandLineOf>;
let before: unknown;

beforeAll(async () => {
  platform = await startPlatform(data, await freePort(), ['--demo', 'none']);
  admin = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
  run = commandLineOf(platform.url);
  await bringRegions(admin);
  await committed(admin, (await beginImport(admin, `${ROSTERS}clean.xlsx`)).id);
  before = await call(admin, getStatistics, {});
  expect(before).toMatchObject({ households: HOUSEHOLDS });
}, 300_000);
afterAll(async () => {
  await platform.stop();
  removeFolder(data);
  removeFolder(files);
});
// Whatever is refused leaves the register as it was.
afterEach(async () => expect(await call(admin, getStatistics, {})).toEqual(before));

function put(name: string, content: string | Buffer): string {
  const path = join(files, name);
  writeFileSync(path, content);
  return path;
}

/** A file of blanks that takes no room on the disk. */
function hugeFile(name: string, bytes: number): string {
  const path = put(name, '户编号\n');
  truncateSync(path, bytes);
  return path;
}

const sheet = (rows: string) => makeZip(xlsxParts(`<worksheet><sheetData>${rows}</sheetData></worksheet>`));

/** Exit 1, and the reason in Chinese both for programs and for people, with nothing of the program's inside. */
function expectRefusal({ exit, stdout, stderr }: CommandRun, problem: Partial<Problem>): void {
  expect({ exit, problem: JSON.parse(stdout) as Problem }).toMatchObject({ exit: 1, problem });
  const { title } = JSON.parse(stdout) as Problem;
  expect(stderr).toContain(title);
  expect(title).toMatch(/^[\p{Script=Han}\p{P}\d .a-zA-Z]+$/u);
  expect(title).toMatch(/\p{Script=Han}{4}/u);
  expect(`${stdout}${stderr}`).not.toMatch(/\bat .+:\d+:\d+|node_modules|\.ts\b|Error:|undefined/);
}

describe('given a file that is no roster', () => {
  it.each<[string, () => string, Partial<Problem>]>([
    [
      'a picture',
      () => put('picture.xlsx', Buffer.from('89504e470d0a1a0a0000000d', 'hex')),
      { code: 'NOT_A_WORKBOOK', title: '这不是电子表格文件，请上传 .xlsx、.xls、.et、.ods 或 .csv' },
    ],
    ['an empty file', () => put('empty.csv', ''), { code: 'WORKBOOK_EMPTY', title: '文件里没有内容' }],
    [
      'more rows than are read',
      () => put('rows.xlsx', sheet('<row r="1200000"><c><v>1</v></c></row>')),
      { code: 'WORKBOOK_TOO_LARGE', title: '文件超出限制（行数过多）甲&乙!A1200000' },
    ],
    [
      'more bytes than are taken',
      () => hugeFile('bytes.csv', 201 * 2 ** 20),
      { code: 'FILE_TOO_LARGE', status: 413, title: '文件超过 200 MB 上限' },
    ],
    [
      'a part that grows a thousandfold',
      () => put('bomb.xlsx', sheet(' '.repeat(4_000_000))),
      { code: 'ZIP_BOMB', title: '文件的压缩内容异常，已拒绝读取' },
    ],
    [
      'a sheet without the required columns',
      () => put('other.csv', '商品,数量,单价\n化肥,3,50\n'),
      { code: 'NOT_A_ROSTER', title: expect.stringMatching(/^这不是花名册：缺少列 .*户编号/) },
    ],
  ])(
    'when the command line imports %s, then it is refused by its reason',
    async (_, make, problem) => {
      expectRefusal(await run('import', 'roster', make()), problem);
    },
    120_000,
  );
});

describe('given a sound roster', () => {
  it('when it is imported for a county that does not exist, then it is refused before it is read', async () => {
    const refused = await run('import', 'roster', `${ROSTERS}clean.xlsx`, '--county', '110101');
    expectRefusal(refused, { status: 422, code: 'COUNTY_UNKNOWN', title: expect.stringContaining('110101000000') });
  });
});

describe('given no valid session', () => {
  const notSignedIn = { status: 401, code: 'NOT_SIGNED_IN', title: '尚未登录，或登录已过期，请重新登录' };

  it('when a session that was ended calls again, then 401 says to sign in', async () => {
    const ended = await connectAs(platform.url, 'admin', ADMIN_PASSWORD);
    await call(ended, signOut);
    await expect(call(ended, getStatistics, {})).rejects.toMatchObject({ problem: notSignedIn });
  });

  it('when the command line calls as the public or with an unknown key, then exit 1 says so', async () => {
    for (const account of [{}, { BANGFU_KEY: 'bangfu_unknown' }]) {
      expectRefusal(await bangfu(['stats', '--json'], { BANGFU_URL: platform.url, ...account }), notSignedIn);
    }
  });
});

describe('given a service that is down', () => {
  it('when the command line asks it, then 503 says that nothing was lost; it answers when it is back', async () => {
    // Who would start it again is held, so that it stays down for as long as it is asked.
    platform.process.kill('SIGSTOP');
    try {
      strike(platform, 'identification');
      const down = { status: 503, code: 'SERVICE_DOWN', title: '服务暂时不可用，您的数据没有丢失，请稍后重试' };
      expectRefusal(await run('stats'), down);
      expectRefusal(await run('import', 'roster', `${ROSTERS}utf8.csv`), down);
    } finally {
      platform.process.kill('SIGCONT');
    }
    await until('it answers again', () => call(admin, getStatistics, {}), 60_000);
    expect((await run('stats')).document).toEqual(before);
  }, 120_000);
});
