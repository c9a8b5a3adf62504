import { nameKey } from '@bangfu/domain/shared/normalise';
import { lookAlikeKey } from '@bangfu/platform/search/look-alike';
import type { CodedProblem } from '@bangfu/platform/http/list-answer';
import type { ListCall } from '@bangfu/platform/operation/operation';
import type { Tables } from '../../../operations.ts';
import { type Cadre, cadresOf } from '../cadre.repository.ts';
import { sealedPhone } from '../sealed-phone.ts';
import { keepsSeat, type Unit, unitsOf } from '../unit.repository.ts';
import { loadPlaces, type Places } from './places.ts';
import { type CadreList, problemAt } from './read-list.ts';

/** Rows to be written whole; a new one has version 1 and an old one the version it had. */
export interface Judgement {
  readonly problems: readonly CodedProblem[];
  readonly units: { readonly write: readonly UnitRow[]; readonly create: number; readonly unchanged: number };
  readonly cadres: { readonly write: readonly CadreRow[]; readonly create: number; readonly unchanged: number };
}
type UnitRow = Omit<Unit, 'version'>;
type CadreRow = Omit<Cadre, 'version'>;
type Judging = Pick<ListCall<Tables, unknown, CadreList>, 'tx' | 'caller' | 'kit' | 'newId' | 'list'>;

/** Compares a list with what is there: who is new, who changes, what is wrong in which row. Writes nothing. */
export async function judgeList(call: Judging): Promise<Judgement> {
  const { tx, list } = call;
  const { countyCode } = call.caller;
  const problems: CodedProblem[] = [...list.problems];
  const places = await loadPlaces(tx.sql, countyCode);
  const there = await unitsOf(tx.sql, countyCode).execute();
  const known = new Map(there.map((unit) => [lookAlikeKey(unit.name), unit]));
  const units = judgeUnits(call, known, places, problems);
  const cadres = judgeCadres(call, units, await cadresOf(tx.sql, countyCode).execute(), problems);
  const writtenUnits = [...units.values()].filter((unit) => differs(unit, known.get(lookAlikeKey(unit.name))));
  return {
    problems,
    units: {
      write: writtenUnits,
      create: writtenUnits.filter((unit) => !known.has(lookAlikeKey(unit.name))).length,
      unchanged: units.size - writtenUnits.length,
    },
    cadres,
  };
}

function differs(unit: UnitRow, before: Unit | undefined): boolean {
  return !before || JSON.stringify(before.villageCodes) !== JSON.stringify(unit.villageCodes);
}

function judgeUnits(
  { caller, newId, list: { lines } }: Judging,
  known: ReadonlyMap<string, Unit>,
  places: Places,
  problems: CodedProblem[],
): Map<string, UnitRow> {
  const units = new Map<string, UnitRow>();
  const villages = new Map<string, Set<string>>();
  for (const { sheet, row, line } of lines) {
    if (line.unit === '') continue;
    const place = { sheet, row };
    const key = lookAlikeKey(line.unit);
    const before = known.get(key);
    const named = line.seat === null ? null : places.township(line.seat);
    if (line.seat !== null && named === null) {
      problems.push(problemAt(place, 'seat', 'TOWNSHIP_UNKNOWN', { value: line.seat }));
    }
    const seatCode = before?.seatCode ?? named ?? places.townshipOfUnit(line.unit) ?? seatOf(caller);
    if (!keepsSeat(caller, seatCode)) {
      problems.push(problemAt(place, 'unit', 'CADRE_UNIT_FOREIGN', { value: line.unit }));
    }
    const unit = units.get(key) ?? {
      id: before?.id ?? newId(),
      name: before?.name ?? line.unit,
      seatCode,
      villageCodes: before?.villageCodes ?? [],
    };
    units.set(key, unit);
    for (const word of line.villages ?? []) {
      const found = places.village(word, seatCode);
      if ('refusal' in found)
        problems.push(problemAt(place, 'villages', found.refusal, { value: word, village: word }));
      else villages.set(key, (villages.get(key) ?? new Set()).add(found.code));
    }
  }
  for (const [name, codes] of villages) {
    const unit = units.get(name);
    if (unit) units.set(name, { ...unit, villageCodes: [...codes].sort() });
  }
  return units;
}

/** A unit without a township of its own belongs to the county, or to the township of the officer who brings it. */
function seatOf(caller: Judging['caller']): string {
  const regions = caller.usable.flatMap(({ scope }) => (scope.kind === 'region' ? [scope.code] : []));
  return regions.includes(caller.countyCode) ? caller.countyCode : (regions[0] ?? caller.countyCode);
}

const hex = (bytes: Uint8Array | null) => (bytes ? Buffer.from(bytes).toString('hex') : null);

function judgeCadres(
  { kit: { cipher }, newId, list: { lines } }: Judging,
  units: ReadonlyMap<string, UnitRow>,
  existing: readonly Cadre[],
  problems: CodedProblem[],
): Judgement['cadres'] {
  const byPhone = new Map(existing.flatMap((c) => (c.phoneIndex ? [[hex(c.phoneIndex), c] as const] : [])));
  const byName = new Map(existing.map((c) => [`${c.unitId} ${nameKey(c.name)}`, c]));
  const byUsername = new Map(existing.flatMap((c) => (c.username ? [[c.username, c.id] as const] : [])));
  const seen = new Map<string, number>();
  const write: CadreRow[] = [];
  let create = 0;
  let unchanged = 0;
  for (const { sheet, row, line } of lines) {
    const unit = units.get(lookAlikeKey(line.unit));
    if (!unit || line.name === '') continue;
    const phone = line.phone !== null && /^1\d{10}$/.test(line.phone) ? line.phone : null;
    const index = phone === null ? null : hex(cipher.index('phone', phone));
    const before = (index && byPhone.get(index)) || sameName(byName.get(`${unit.id} ${nameKey(line.name)}`), index);
    const key = before?.id ?? index ?? `${unit.id} ${nameKey(line.name)}`;
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      problems.push(problemAt({ sheet, row }, 'name', 'CADRE_TWICE', { value: line.name, earlier }));
      continue;
    }
    seen.set(key, row);
    const id = before?.id ?? newId();
    const holder = line.username === null ? undefined : byUsername.get(line.username);
    if (line.username !== null && holder !== undefined && holder !== id) {
      problems.push(
        problemAt({ sheet, row }, 'username', 'USERNAME_TAKEN', { value: line.username, username: line.username }),
      );
    }
    if (line.username !== null) byUsername.set(line.username, id);
    const sealed =
      phone === null || (before?.phoneIndex && hex(before.phoneIndex) === index)
        ? { phone_sealed: before?.phoneSealed ?? null, phone_index: before?.phoneIndex ?? null }
        : sealedPhone(cipher, id, phone);
    const after: CadreRow = {
      id,
      unitId: unit.id,
      name: line.name,
      rank: line.rank,
      quota: line.quota ?? before?.quota ?? null,
      phoneSealed: sealed.phone_sealed,
      phoneIndex: sealed.phone_index,
      homeVillage: line.homeVillage ?? before?.homeVillage ?? null,
      relativeNumbers: line.relatives.length > 0 ? [...line.relatives] : (before?.relativeNumbers ?? []),
      username: line.username ?? before?.username ?? null,
      active: true,
    };
    if (before && alike(before, after)) {
      unchanged += 1;
      continue;
    }
    if (!before) create += 1;
    write.push(after);
  }
  return { write, create, unchanged };
}

/** Two of one name in a unit are two people when their telephones differ. */
function sameName(found: Cadre | undefined, index: string | null): Cadre | undefined {
  return found && (index === null || found.phoneIndex === null) ? found : undefined;
}

function alike(before: Cadre, after: CadreRow): boolean {
  const plain = (c: CadreRow) =>
    JSON.stringify([
      c.unitId,
      c.name,
      c.rank,
      c.quota,
      hex(c.phoneIndex),
      c.homeVillage,
      c.relativeNumbers,
      c.username,
      c.active,
    ]);
  return plain(before) === plain(after);
}
