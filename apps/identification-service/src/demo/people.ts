import { type RegionCode, townshipOf } from '@bangfu/domain/shared/region';
import type { Role } from '@bangfu/domain/shared/roles';
import { type BusinessDay, startOfDay } from '@bangfu/domain/shared/time';
import type { Actor } from '@bangfu/platform/db/command';
import type { DemoGiven } from '@bangfu/platform/service';

/** Nine in the morning: an office's hour. */
const MORNING_MS = 9 * 3_600_000;

/** A village of the demo with the households that may become cases. */
export interface DemoVillage {
  readonly code: string;
  readonly name: string;
  readonly townshipName: string;
  /** Whether the demo's own village and township accounts stand here. */
  readonly isHome: boolean;
  readonly isHomeTownship: boolean;
  readonly householdIds: readonly string[];
}

/** The people of a village's cases, each at a day; entering, reviewing and approving are different ones. */
export type People = Readonly<
  Record<'village' | 'township' | 'townshipLeader' | 'county' | 'public', (day: BusinessDay) => Actor>
>;

/** Who acts in a village: the demo's accounts where they stand, else people of that place who have no account. */
export function peopleOf(given: DemoGiven, village: DemoVillage): People {
  const { accounts, countyCode, today } = given;
  const township = townshipOf(village.code as RegionCode);
  const at =
    (account: { id: string; name: string }, role: Role | null, code: string) =>
    (day: BusinessDay): Actor => {
      const grants = role ? [{ role, scope: { kind: 'region' as const, code } }] : [];
      const morning = new Date(startOfDay(day).getTime() + MORNING_MS);
      return {
        caller: { ...account, countyCode, grants, usable: grants, address: 'demo', requestId: 'demo' },
        // Nothing is done later than the demo is made.
        now: morning < today ? morning : today,
      };
    };
  const invented = (kind: string, code: string, name: string) => ({ id: `demo-${kind}-${code}`, name });
  const own = (is: boolean, username: string) => (is ? accounts[username] : undefined);
  const { name, townshipName, isHome, isHomeTownship } = village;
  return {
    village: at(
      own(isHome, 'village') ?? invented('village', village.code, `${name}扶贫专干`),
      'village-officer',
      village.code,
    ),
    township: at(
      own(isHomeTownship, 'township') ?? invented('township', township, `${townshipName}业务员`),
      'township-officer',
      township,
    ),
    townshipLeader: at(
      own(isHomeTownship, 'township-leader') ?? invented('township-leader', township, `${townshipName}分管领导`),
      'township-leader',
      township,
    ),
    county: at(accounts['leader'] ?? invented('leader', countyCode, '县分管领导'), 'county-leader', countyCode),
    public: at({ id: 'public', name: '公众' }, null, countyCode),
  };
}
