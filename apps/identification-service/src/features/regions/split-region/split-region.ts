import * as contract from '@bangfu/contracts/identification/regions';
import type { Transaction } from '@bangfu/data/typed-sql';
import { type Known, planTownshipSplit, planVillageSplit } from '@bangfu/domain/identification/regions/plan-change';
import { DomainError, demand } from '@bangfu/domain/shared/errors';
import { normaliseNumber } from '@bangfu/domain/shared/normalise';
import { comparableName, isWithin, levelOf, type RegionCode, regionCode } from '@bangfu/domain/shared/region';
import { command, type Tables } from '../../../operations.ts';
import { changeRegions } from '../change-regions.ts';

/** A line of the list: what goes where. */
interface Part {
  readonly part: string;
  readonly to: string;
}

/** @throws DomainError REGION_SPLIT_ELSEWHERE for a line to a division that is none of the successors */
function requireSuccessors(list: readonly Part[], from: string, to: readonly { readonly code: string }[]): void {
  const strange = list.find((line) => line.to !== from && !to.some(({ code }) => code === line.to));
  if (strange) throw new DomainError('REGION_SPLIT_ELSEWHERE', { code: strange.to });
}

/**
 * To which successor each village of a township goes, by its code or name.
 * @throws DomainError REGION_SPLIT_PART, REGION_SPLIT_PART_TWICE
 */
function villageParts({ divisions }: Known, from: RegionCode, list: readonly Part[]): Map<string, RegionCode> {
  const villages = divisions.filter(({ code, level }) => level === 'village' && isWithin(code, from));
  const parts = new Map<string, RegionCode>();
  for (const { part, to } of list) {
    const meant = villages.filter(({ code, name }) => code === part || comparableName(name) === comparableName(part));
    const [village, other] = meant;
    if (!village || other) throw new DomainError('REGION_SPLIT_PART', { part });
    demand((parts.get(village.code) ?? to) === to, 'REGION_SPLIT_PART_TWICE', { part });
    parts.set(village.code, regionCode(to));
  }
  return parts;
}

/**
 * To which successor each household of a village goes that is named by its number or its natural village; a number
 * decides before a natural village.
 * @throws DomainError REGION_SPLIT_PART, REGION_SPLIT_PART_TWICE
 */
async function householdParts({ sql: read }: Transaction<Tables>, from: string, list: readonly Part[]) {
  const households = await read
    .selectFrom('household')
    .where('village_code', '=', from)
    .orderBy('id')
    .select(['id', 'number', 'natural_village as naturalVillage'])
    .execute();
  const numbers = new Map(households.map(({ number, id }) => [number, id]));
  const places = new Set(households.map(({ naturalVillage }) => naturalVillage));
  const goes = new Map<string, string>();
  for (const { part, to } of list) {
    const key = numbers.has(normaliseNumber(part)) ? normaliseNumber(part) : part;
    demand(numbers.has(key) || places.has(key), 'REGION_SPLIT_PART', { part });
    demand((goes.get(key) ?? to) === to, 'REGION_SPLIT_PART_TWICE', { part });
    goes.set(key, to);
  }
  return households.map(({ id, number, naturalVillage }) => ({
    householdId: id,
    to: goes.get(number) ?? goes.get(naturalVillage ?? '') ?? from,
  }));
}

/**
 * Splits a township by its villages, or a village by its households; what the list does not name stays.
 * @throws those of the plans and of `changeRegions`, DomainError REGION_SPLIT_PART, REGION_SPLIT_PART_TWICE
 */
export const splitRegion = command(
  contract.splitRegion,
  ({ body, ...call }) => {
    const from = regionCode(body.from);
    const to = body.to.map(({ code, name }) => ({ code: regionCode(code), name }));
    return changeRegions(call, {
      kind: 'split',
      decision: body,
      codes: [body.from, ...body.to.map(({ code }) => code)],
      plan: async (known) => {
        if (levelOf(from) !== 'village') {
          return { lines: planTownshipSplit(known, { from, to, parts: villageParts(known, from, body.list) }) };
        }
        requireSuccessors(body.list, from, to);
        const goes = await householdParts(call.tx, from, body.list);
        const lines = planVillageSplit(known, { from, to, stays: goes.some((each) => each.to === from) });
        const main = lines[0]?.to?.code;
        const households = goes.filter((each) => each.to !== main).map((each) => ({ ...each, from }));
        return { lines, households };
      },
    });
  },
  { isLong: true },
);
