import { DomainError, demand } from '../../shared/errors.ts';
import type { RegionChangeKind } from '../../shared/region-change.ts';
import { countyOf, isWithin, levelOf, type RegionCode, type RegionLevel, townshipOf } from '../../shared/region.ts';

/** A division as it is now. */
export interface Division {
  readonly id: string;
  readonly code: RegionCode;
  readonly level: RegionLevel;
  readonly name: string;
  readonly parentCode: RegionCode | null;
}

/** What becomes of a division; one that is split has a line for each successor, its main one first. */
export interface PlannedLine {
  readonly from: RegionCode;
  /** The division that has the code then; null where the one that is meant ends without a successor. */
  readonly to: Division | null;
  /** Null where it stays as it is, and is named because its township gains or loses villages, or has another name. */
  readonly kind: RegionChangeKind | null;
}

/** The divisions of a county, and what else a plan needs. */
export interface Known {
  readonly divisions: readonly Division[];
  /** Codes that divisions had on an earlier day: a number that is free is none of them. */
  readonly earlier: ReadonlySet<string>;
  newId(): string;
}

const DIVIDED: readonly RegionLevel[] = ['township', 'village'];
/** Numbers of villages within their township. */
const MAX_NUMBER = 999;

const byCode = (known: Known) => new Map<string, Division>(known.divisions.map((each) => [each.code, each]));

/** @throws DomainError REGION_UNKNOWN */
function divisionOf(known: Known, code: RegionCode): Division {
  const found = byCode(known).get(code);
  if (!found) throw new DomainError('REGION_UNKNOWN', { code });
  return found;
}

/** @throws DomainError REGION_LEVEL_FIXED for a division above the townships, or a group */
function requireDivided({ code, level }: Division): void {
  demand(DIVIDED.includes(level), 'REGION_LEVEL_FIXED', { code });
}

/** The villages and groups whose codes lie in a township. */
const insideOf = (known: Known, township: RegionCode): Division[] =>
  known.divisions.filter(({ code, level }) => level !== 'township' && isWithin(code, township));

/**
 * A code that a division is to have: of its level, in its county and in a township there is, and free.
 * @throws DomainError REGION_CODE_LEVEL, REGION_CODE_COUNTY, REGION_CODE_PARENT, REGION_CODE_TAKEN
 */
function requireFree(
  known: Known,
  code: RegionCode,
  { level, code: of }: Division,
  leaving: readonly RegionCode[],
): void {
  demand(levelOf(code) === level, 'REGION_CODE_LEVEL', { code });
  demand(countyOf(code) === countyOf(of), 'REGION_CODE_COUNTY', { code });
  const codes = byCode(known);
  demand(level !== 'village' || codes.has(townshipOf(code)), 'REGION_CODE_PARENT', { code });
  demand(leaving.includes(code) || !codes.has(code), 'REGION_CODE_TAKEN', { code });
}

/**
 * Gives codes in a township: the number a division had where it is free, the next free one otherwise.
 * @throws DomainError REGION_CODES_FULL
 */
function codesIn(known: Known, township: RegionCode, staying: readonly Division[]) {
  const present = new Set(known.divisions.map(({ code }) => code));
  const given = new Set<string>(staying.map(({ code }) => code));
  return (of: RegionCode): RegionCode => {
    const wanted = Number(of.slice(9));
    for (let step = 0; step < MAX_NUMBER; step++) {
      const number = ((wanted - 1 + step) % MAX_NUMBER) + 1;
      const code = `${township.slice(0, 9)}${String(number).padStart(3, '0')}` as RegionCode;
      if (given.has(code) || present.has(code) || (step > 0 && known.earlier.has(code))) continue;
      given.add(code);
      return code;
    }
    throw new DomainError('REGION_CODES_FULL', { code: township });
  };
}

/** Villages and groups that come into a township with their codes and parents of then. */
function comeInto(
  known: Known,
  township: RegionCode,
  coming: readonly Division[],
  staying: readonly Division[],
): PlannedLine[] {
  const next = codesIn(known, township, staying);
  const codes = new Map<RegionCode, RegionCode>(coming.map(({ code }) => [code, next(code)]));
  return coming.map((division) => {
    const parent = division.parentCode;
    const parentCode = division.level === 'group' && parent ? (codes.get(parent) ?? parent) : township;
    return {
      from: division.code,
      to: { ...division, code: givenFor(codes, division.code), parentCode },
      kind: 'recode',
    };
  });
}

/** The code that was given for a division. */
function givenFor(codes: ReadonlyMap<RegionCode, RegionCode>, code: RegionCode): RegionCode {
  const found = codes.get(code);
  if (!found) throw new Error(`no code was given for ${code}`);
  return found;
}

const asItIs = (division: Division): PlannedLine => ({ from: division.code, to: division, kind: null });

/**
 * Another name; the code stays.
 * @throws DomainError REGION_UNKNOWN, REGION_NAME_SAME, REGION_LEVEL_FIXED
 */
export function planRename(known: Known, { code, name }: { code: RegionCode; name: string }): PlannedLine[] {
  const division = divisionOf(known, code);
  demand(division.level !== 'province' && division.level !== 'prefecture', 'REGION_LEVEL_FIXED', { code });
  demand(division.name !== name, 'REGION_NAME_SAME', { name });
  const villages = division.level === 'township' ? insideOf(known, code).map(asItIs) : [];
  return [{ from: code, to: { ...division, name }, kind: 'rename' }, ...villages];
}

/**
 * Another code; what lies in a township comes with it, and a village may come into another township.
 * @throws DomainError REGION_UNKNOWN, REGION_LEVEL_FIXED, REGION_CODE_SAME and those of the code
 */
export function planRecode(known: Known, { code, to }: { code: RegionCode; to: RegionCode }): PlannedLine[] {
  const division = divisionOf(known, code);
  requireDivided(division);
  demand(code !== to, 'REGION_CODE_SAME', { code });
  requireFree(known, to, division, []);
  if (division.level === 'township') {
    const inside = comeInto(known, to, insideOf(known, code), []);
    return [{ from: code, to: { ...division, code: to }, kind: 'recode' }, ...inside];
  }
  const [left, joined] = [townshipOf(code), townshipOf(to)];
  const own: PlannedLine = { from: code, to: { ...division, code: to, parentCode: joined }, kind: 'recode' };
  const groups = known.divisions.filter(({ level, parentCode }) => level === 'group' && parentCode === code);
  if (left === joined) {
    return [own, ...groups.map((group) => ({ ...asItIs(group), to: { ...group, parentCode: to } }))];
  }
  const there = insideOf(known, joined);
  const coming = comeInto(known, joined, groups, [...there, { ...division, code: to }]);
  const withParent = coming.map((line) => ({ ...line, to: line.to && { ...line.to, parentCode: to } }));
  const gone = [code, ...groups.map((group) => group.code)];
  const here = insideOf(known, left).filter((each) => !gone.includes(each.code));
  return [own, ...withParent, ...here.map(asItIs), ...there.map(asItIs), asItIs(divisionOf(known, joined))];
}

/**
 * Several of one level into one, which has the code of one of them or a free one.
 * @throws DomainError REGION_UNKNOWN, REGION_LEVEL_FIXED, REGION_MERGE_LEVELS, REGION_MERGE_ONE and those of the code
 */
export function planMerge(
  known: Known,
  { from, to, name }: { from: readonly RegionCode[]; to: RegionCode; name: string },
): PlannedLine[] {
  const codes = [...new Set(from)];
  const divisions = codes.map((code) => divisionOf(known, code));
  const [first] = divisions;
  demand(first && divisions.length > 1, 'REGION_MERGE_ONE');
  divisions.forEach(requireDivided);
  demand(
    divisions.every(({ level }) => level === first.level),
    'REGION_MERGE_LEVELS',
  );
  requireFree(known, to, first, codes);
  const kept = divisions.find(({ code }) => code === to);
  const parentCode = first.level === 'village' ? townshipOf(to) : first.parentCode;
  const merged: Division = { id: kept?.id ?? known.newId(), code: to, level: first.level, name, parentCode };
  const lines = divisions.map(({ code }): PlannedLine => ({ from: code, to: merged, kind: 'merge' }));
  if (first.level === 'township') {
    const staying = kept ? insideOf(known, kept.code) : [];
    const coming = divisions.filter((each) => each !== kept).flatMap(({ code }) => insideOf(known, code));
    return [...lines, ...staying.map(asItIs), ...comeInto(known, to, coming, staying)];
  }
  const groups = known.divisions.filter(
    ({ level, parentCode: parent }) => level === 'group' && parent !== null && codes.includes(parent),
  );
  const townships = new Set([...codes.map(townshipOf), townshipOf(to)]);
  const moving = groups.filter(({ code }) => townshipOf(code) !== townshipOf(to));
  // Within one township only the groups change with them; across two the villages of both are named.
  const beside = townships.size === 1 ? groups : [...townships].flatMap((township) => insideOf(known, township));
  const staying = beside.filter((each) => !codes.includes(each.code) && !moving.includes(each));
  const underNew = (line: PlannedLine): PlannedLine => ({ ...line, to: line.to && { ...line.to, parentCode: to } });
  const there = [...insideOf(known, townshipOf(to)), merged];
  return [
    ...lines,
    ...staying.map((each) => (groups.includes(each) ? underNew(asItIs(each)) : asItIs(each))),
    ...comeInto(known, townshipOf(to), moving, there).map(underNew),
  ];
}

/** Where a split sends its parts. */
export interface Successor {
  readonly code: RegionCode;
  readonly name: string;
}

/** The successors of a division that is split: itself where it stays, its main one first. */
function successorsOf(
  known: Known,
  division: Division,
  to: readonly Successor[],
  stays: boolean,
): readonly [Division, ...Division[]] {
  demand(new Set(to.map(({ code }) => code)).size === to.length, 'REGION_SPLIT_TWICE');
  for (const { code } of to) requireFree(known, code, division, [division.code]);
  const own = to.find(({ code }) => code === division.code);
  const others = to
    .filter(({ code }) => code !== division.code)
    .map(({ code, name }): Division => ({ ...division, id: known.newId(), code, name }));
  const [first, ...rest] = stays || own ? [{ ...division, name: own?.name ?? division.name }, ...others] : others;
  demand(first, 'REGION_SPLIT_NOTHING');
  return [first, ...rest];
}

/**
 * A township into several, by its villages; those that are not named stay in it, and it ends when none is left.
 * @param parts to which successor each named village goes
 * @throws DomainError REGION_UNKNOWN, REGION_SPLIT_TWICE, REGION_SPLIT_NOTHING, REGION_SPLIT_ELSEWHERE and those of the code
 */
export function planTownshipSplit(
  known: Known,
  { from, to, parts }: { from: RegionCode; to: readonly Successor[]; parts: ReadonlyMap<string, RegionCode> },
): PlannedLine[] {
  const division = divisionOf(known, from);
  const inside = insideOf(known, from);
  // A group goes where its village goes.
  const targetOf = ({ code, level, parentCode }: Division) =>
    parts.get(level === 'group' ? (parentCode ?? '') : code) ?? from;
  const stays = inside.some((each) => targetOf(each) === from) || inside.length === 0;
  const successors = successorsOf(known, division, to, stays);
  const lines = successors.map((each): PlannedLine => ({ from, to: each, kind: 'split' }));
  const leaving = successors.filter(({ code }) => code !== from);
  const strange = [...parts.values()].find((code) => !successors.some((each) => each.code === code));
  demand(strange === undefined, 'REGION_SPLIT_ELSEWHERE', { code: strange ?? '' });
  return [
    ...lines,
    ...inside.filter((each) => targetOf(each) === from).map(asItIs),
    ...leaving.flatMap(({ code }) => {
      const coming = inside.filter((each) => targetOf(each) === code);
      return comeInto(known, code, coming, []);
    }),
  ];
}

/**
 * A village into several of its township, by households.
 * @param stays whether households are left in it
 * @throws DomainError REGION_UNKNOWN, REGION_SPLIT_TOWNSHIP, REGION_SPLIT_TWICE, REGION_SPLIT_NOTHING and those of the code
 */
export function planVillageSplit(
  known: Known,
  { from, to, stays }: { from: RegionCode; to: readonly Successor[]; stays: boolean },
): PlannedLine[] {
  const division = divisionOf(known, from);
  for (const { code } of to) demand(townshipOf(code) === townshipOf(from), 'REGION_SPLIT_TOWNSHIP', { code });
  const successors = successorsOf(known, division, to, stays);
  const [main] = successors;
  const groups = known.divisions.filter(({ level, parentCode }) => level === 'group' && parentCode === from);
  return [
    ...successors.map((each): PlannedLine => ({ from, to: each, kind: 'split' })),
    ...(main.code === from
      ? []
      : groups.map((group) => ({ ...asItIs(group), to: { ...group, parentCode: main.code } }))),
  ];
}

/**
 * The end of a division in which nothing lies any more.
 * @throws DomainError REGION_UNKNOWN, REGION_LEVEL_FIXED, REGION_NOT_EMPTY
 */
export function planClose(known: Known, { code, households }: { code: RegionCode; households: number }): PlannedLine[] {
  const division = divisionOf(known, code);
  demand(division.level === 'group' || DIVIDED.includes(division.level), 'REGION_LEVEL_FIXED', { code });
  const inside = known.divisions.filter(({ parentCode }) => parentCode === code);
  demand(households === 0 && inside.length === 0, 'REGION_NOT_EMPTY', { code, households, divisions: inside.length });
  return [{ from: code, to: null, kind: 'close' }];
}
