import { everyService } from './core/every-service.ts';
import { type Operation, SERVICES } from './core/operation.ts';
import * as evaluations from './evaluation/evaluations.ts';
import * as evaluationDiscrepancies from './evaluation/discrepancies.ts';
import * as evaluationPublic from './evaluation/public.ts';
import * as gatewayPublic from './gateway/public.ts';
import * as evaluationRates from './evaluation/rates.ts';
import * as evaluationReturns from './evaluation/returns.ts';
import * as evaluationSamples from './evaluation/samples.ts';
import * as accounts from './gateway/accounts.ts';
import * as audit from './gateway/audit.ts';
import * as county from './gateway/county.ts';
import * as keys from './gateway/keys.ts';
import * as regionGrants from './gateway/region-grants.ts';
import * as session from './gateway/session.ts';
import * as casePhotos from './identification/case-photos.ts';
import * as cases from './identification/cases.ts';
import * as facts from './identification/facts.ts';
import * as households from './identification/households.ts';
import * as imports from './identification/imports.ts';
import * as notices from './identification/notices.ts';
import * as regions from './identification/regions.ts';
import * as accountChanges from './industry/account-changes.ts';
import * as claims from './industry/claims.ts';
import * as industryContracts from './industry/contracts.ts';
import * as contractEnds from './industry/contract-ends.ts';
import * as nilYears from './industry/nil-years.ts';
import * as declarations from './industry/declarations.ts';
import * as dividendNotices from './industry/dividend-notices.ts';
import * as dividends from './industry/dividends.ts';
import * as entities from './industry/entities.ts';
import * as payments from './industry/payments.ts';
import * as statements from './industry/statements.ts';
import * as pairingCadres from './pairing/cadres.ts';
import * as pairings from './pairing/pairings.ts';
import * as pairingPlans from './pairing/plans.ts';
import * as visits from './pairing/visits.ts';
import { ALL_POLICIES } from './policies.ts';
import * as trainingAttendance from './training/attendance.ts';
import * as trainingCertificates from './training/certificates.ts';
import * as trainingClasses from './training/classes.ts';
import * as trainingCourses from './training/courses.ts';
import * as trainingCoverage from './training/coverage.ts';
import * as trainingEnrolments from './training/enrolments.ts';
import * as trainingSatisfaction from './training/satisfaction.ts';
import * as trainingTrainees from './training/trainees.ts';
import * as trainingProviders from './training/providers.ts';

/** Every file that declares operations. One that is missing here is missing in the published document and in the permission test. */
const MODULES: readonly object[] = [
  session,
  accounts,
  regionGrants,
  keys,
  county,
  audit,
  ...SERVICES.map((service) => everyService(service)),
  households,
  facts,
  cases,
  casePhotos,
  notices,
  imports,
  regions,
  entities,
  industryContracts,
  accountChanges,
  claims,
  contractEnds,
  nilYears,
  declarations,
  dividendNotices,
  dividends,
  payments,
  statements,
  pairingCadres,
  pairings,
  pairingPlans,
  visits,
  evaluations,
  evaluationDiscrepancies,
  evaluationPublic,
  gatewayPublic,
  evaluationSamples,
  evaluationReturns,
  evaluationRates,
  trainingProviders,
  trainingCourses,
  trainingClasses,
  trainingEnrolments,
  trainingSatisfaction,
  trainingTrainees,
  trainingAttendance,
  trainingCertificates,
  trainingCoverage,
  ...ALL_POLICIES,
];

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'owner' in value && 'method' in value && 'access' in value;
}

/** All operations of the platform, each once, in the order of the files that declare them. */
export const ALL_OPERATIONS: readonly Operation[] = [
  ...new Map(
    MODULES.flatMap((module) => Object.values(module).filter(isOperation)).map((op) => [op.id, op] as const),
  ).values(),
];
