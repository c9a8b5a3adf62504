import type { IdFacts, Sex } from '../../shared/id-number.ts';
import type { BusinessDay } from '../../shared/time.ts';
import type {
  Cause,
  Education,
  Health,
  HouseholdCategory,
  Labour,
  Measure,
  MonitoredKind,
  PovertyStatus,
  Relation,
  Risk,
  SchoolStage,
  WorkStatus,
} from '../roster/dictionaries.ts';

/**
 * A field of the register: null was asked and left empty, undefined was not asked by the edition the record comes
 * from. A rule about emptiness speaks of null only. Every key is always present, so that all records have one shape.
 */
export type Asked<T> = T | null | undefined;

/** A stay at work away from the farm; no end while it lasts. */
export interface WorkRecord {
  readonly startsOn: BusinessDay;
  readonly endsOn: BusinessDay | null;
}

/** A person as the rules see him. The ID number itself stays outside: only what it says of its holder comes in. */
export interface MemberRecord {
  readonly id: string;
  readonly name: string;
  /** What the ID number (or disability certificate in its place) says; null when it is malformed. */
  readonly idFacts: IdFacts | null;
  /** The sex field of the register. */
  readonly sex: Asked<Sex>;
  readonly deceasedOn: BusinessDay | null;
  readonly relation: Relation | null;
  readonly ethnicity: Asked<string>;
  readonly education: Asked<Education>;
  readonly schoolStage: Asked<SchoolStage>;
  readonly nonAttendanceReason: Asked<string>;
  /** None when it was asked and left empty. */
  readonly health: readonly Health[] | undefined;
  readonly disabilityCertificate: Asked<'well-formed' | 'malformed'>;
  readonly labour: Asked<Labour>;
  readonly workStatus: Asked<WorkStatus>;
  readonly plansToWorkAway: Asked<boolean>;
  readonly serviceNeeds: Asked<readonly string[]>;
  /** In the order of their beginning; none when asked and there are none. */
  readonly workRecords: readonly WorkRecord[] | undefined;
  readonly workMonths: Asked<number>;
  readonly residentMedicalInsurance: Asked<boolean>;
  readonly employeeMedicalInsurance: Asked<boolean>;
  readonly criticalIllnessInsurance: Asked<boolean>;
  /** Area of the public-welfare post (公益性岗位). */
  readonly publicWelfarePost: Asked<string>;
  readonly publicWelfareMonths: Asked<number>;
  readonly yuluSubsidy: Asked<'none' | 'secondary' | 'higher'>;
}

/** A household with its members as the rules see it. Money in fen, areas and distances as surveyed. */
export interface HouseholdRecord {
  readonly id: string;
  readonly number: string;
  readonly villageCode: string;
  /** null = never registered. */
  readonly status: PovertyStatus | null;
  readonly category: HouseholdCategory | null;
  readonly mainCause: Cause | null;
  readonly otherCauses: readonly Cause[];
  readonly memberCount: Asked<number>;
  readonly dangerousHouse: Asked<boolean>;
  /** Whether the housing guarantee is met (住房安全有保障). */
  readonly housingGuarantee: Asked<boolean>;
  readonly safeWater: Asked<boolean>;
  readonly waterDifficulty: Asked<boolean>;
  readonly waterFacilityDamaged: Asked<boolean>;
  readonly housingArea: Asked<number>;
  readonly roadDistance: Asked<number>;
  readonly farmland: Asked<number>;
  readonly woodland: Asked<number>;
  readonly incomeYear: number | null;
  readonly perCapitaIncome: Asked<number>;
  readonly lastYearPerCapitaIncome: Asked<number>;
  readonly netIncome: Asked<number>;
  readonly wageIncome: Asked<number>;
  readonly businessIncome: Asked<number>;
  readonly propertyIncome: Asked<number>;
  readonly transferIncome: Asked<number>;
  readonly productionCost: Asked<number>;
  readonly pension: Asked<number>;
  readonly lowIncomeAllowance: Asked<number>;
  readonly extremeHardshipSupport: Asked<number>;
  readonly disabilityAllowance: Asked<boolean>;
  /** Compliant medical cost paid by the household itself. */
  readonly outOfPocketMedical: Asked<number>;
  readonly monitoredKind: Asked<MonitoredKind>;
  readonly monitoredSince: BusinessDay | null;
  readonly recognitionPerCapitaIncome: Asked<number>;
  readonly risks: readonly Risk[];
  readonly measures: readonly Measure[];
  /** The day the risk was cleared; null while it is open. */
  readonly clearedOn: BusinessDay | null;
  /** Cleared by assistance (帮扶消除), not of itself. */
  readonly clearedByAssistance: Asked<boolean>;
  readonly clearingPerCapitaIncome: Asked<number>;
  /** From the pairing service's events. */
  readonly hasHelper: Asked<boolean>;
  readonly lastVisitOn: Asked<BusinessDay>;
  readonly members: readonly MemberRecord[];
}

/** A village's own sheet. */
export interface VillageRecord {
  readonly code: string;
  readonly households: number | null;
  readonly population: number | null;
  readonly registeredHouseholds: number | null;
  readonly householdsWithoutSafeWater: number | null;
  readonly householdsInDangerousHouses: number | null;
  readonly clinics: number | null;
  readonly readingRooms: number | null;
  readonly allowanceHouseholds: number | null;
  readonly allowancePersons: number | null;
  readonly hardshipPersons: number | null;
  readonly disabledPersons: number | null;
}

/** Whether the household is a subject of assistance: registered, exited, returned or monitored. */
export function isSubject(household: HouseholdRecord): boolean {
  return household.status !== null || (household.monitoredKind !== null && household.monitoredKind !== undefined);
}

/** The members alive. */
export function livingCount(household: HouseholdRecord): number {
  let count = 0;
  for (const member of household.members) if (member.deceasedOn === null) count += 1;
  return count;
}
