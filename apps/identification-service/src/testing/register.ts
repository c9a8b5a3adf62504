import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { call, type Connection } from '@bangfu/contracts/core/client';
import { getImport, uploadRoster } from '@bangfu/contracts/identification/imports';
import { importRegions } from '@bangfu/contracts/identification/regions';
import { checkDigit } from '@bangfu/domain/shared/id-number';
import { until } from '@bangfu/platform/testing/test-service';

const REGIONS = fileURLToPath(new URL('../../../../packages/testkit/fixtures/regions/211382.csv', import.meta.url));
/** The columns of a test's roster. */
export const HEADER =
  '序号,县(市、区、旗),乡(镇),行政村,户编号,人编号,姓名,证件号码,人数,与户主关系,民族,文化程度,健康状况,劳动技能,参加大病医疗,脱贫属性,贫困户属性,主要致贫原因,危房户,饮水安全,饮水困难,人均纯收入';

/** A household for a test's register: its head, and a son where one is named. */
export interface TestHousehold {
  readonly number: string;
  readonly head: string;
  readonly village: string;
  /** 脱贫属性; empty is a household that was never registered. */
  readonly status?: string;
  readonly born?: number;
  /** Too young for the labour ability he is registered with (rule 2_01_011). */
  readonly son?: string;
}

/** A valid ID number in the test county, made of a running number below 28 000 and a year: nobody's. */
export function idNumber(running: number, born: number): string {
  const day = String(Math.floor(running / 1000) + 1).padStart(2, '0');
  const first = `211382${born}01${day}${String(running % 1000).padStart(3, '0')}`;
  return first + checkDigit(first);
}

/** Brings the test county's divisions. */
export const bringRegions = (office: Connection) =>
  call(office, importRegions, { query: { name: 'regions.csv' }, body: createReadStream(REGIONS) });

/** Brings a roster through the import desk into the register, every household of it. */
export async function bringRoster(office: Connection, text: string): Promise<void> {
  const { id } = await call(office, uploadRoster, {
    query: { name: 'roster.csv', commit: 'true' },
    body: Readable.from([text]),
  });
  await until('the roster is in the register', async () => {
    const found = await call(office, getImport, { params: { importId: id } });
    if (found.state === 'failed' || found.report?.households.heldBack) throw new Error(JSON.stringify(found.report));
    return found.state === 'committed';
  });
}

/** Fills an empty register with the county's divisions and households. */
export async function fillRegister(office: Connection, households: readonly TestHousehold[]): Promise<void> {
  await bringRegions(office);
  const lines = households.map(({ number, head, village, status = '', born = 1970, son }, index) => {
    const line = (position: number, name: string, relation: string, year: number) =>
      `${index * 2 + position},凌源市,万元店镇,${village},${number},${number}0${position},${name},${idNumber(index * 2 + 1, year)},${son ? 2 : 1},${relation},汉族,小学,健康,普通劳动力,是,${status},一般贫困户,缺资金,否,是,否,2100.00`;
    return [line(1, head, '户主', born), ...(son ? [line(2, son, '之子', 2015)] : [])].join('\n');
  });
  await bringRoster(office, `${HEADER}\n${lines.join('\n')}\n`);
}
