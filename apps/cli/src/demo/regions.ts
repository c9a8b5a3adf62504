import { readFile } from 'node:fs/promises';
import { REGION_LEVELS, type RegionLevel } from '@bangfu/domain/shared/region';
import { usage } from '../errors.ts';
import type { DemoRegion } from './population.ts';

const FOLDER = new URL('../../../../infra/demo/regions/', import.meta.url);

function isLevel(text: string): text is RegionLevel {
  return REGION_LEVELS.some((level) => level === text);
}

/** Reads a division table as it is kept: code, level, name, parent_code; no cell holds a comma. */
function readRegions(csv: string): DemoRegion[] {
  const [, ...lines] = csv.trim().split(/\r?\n/);
  return lines.map((line) => {
    const [code = '', level = '', name = ''] = line.split(',');
    if (!isLevel(level)) throw new RangeError(`not a division: ${line}`);
    return { code, level, name };
  });
}

/** The divisions of a county that comes with the platform. @throws CliError USAGE for any other */
export async function demoRegions(county: string): Promise<DemoRegion[]> {
  const name = `${county.slice(0, 6)}.csv`;
  try {
    return readRegions(await readFile(new URL(name, FOLDER), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw usage(`--county ${county}：没有这个县的区划表`);
    }
    throw error;
  }
}
