-- AlterTable
ALTER TABLE "household"
ADD COLUMN     "access_road" TEXT,
ADD COLUMN     "bank_account_sealed" BYTEA,
ADD COLUMN     "bank_name" TEXT,
ADD COLUMN     "built_year" INTEGER,
ADD COLUMN     "business_income" BIGINT,
ADD COLUMN     "cleared_by_assistance" BOOLEAN,
ADD COLUMN     "cleared_on" DATE,
ADD COLUMN     "clearing_per_capita_income" BIGINT,
ADD COLUMN     "disability_allowance" BOOLEAN,
ADD COLUMN     "ecological_compensation" BIGINT,
ADD COLUMN     "electricity" BOOLEAN,
ADD COLUMN     "extreme_hardship_support" BIGINT,
ADD COLUMN     "family_planning_grant" BIGINT,
ADD COLUMN     "family_planning_household" BOOLEAN,
ADD COLUMN     "farmland" DOUBLE PRECISION,
ADD COLUMN     "fuels" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "grassland" DOUBLE PRECISION,
ADD COLUMN     "house_structure" TEXT,
ADD COLUMN     "household_type" TEXT,
ADD COLUMN     "housing_area" DOUBLE PRECISION,
ADD COLUMN     "housing_guarantee" BOOLEAN,
ADD COLUMN     "industry" TEXT,
ADD COLUMN     "industry_income" BIGINT,
ADD COLUMN     "industry_organisation" TEXT,
ADD COLUMN     "irrigated_land" DOUBLE PRECISION,
ADD COLUMN     "left_empty" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "low_income_allowance" BIGINT,
ADD COLUMN     "monitored_kind" TEXT,
ADD COLUMN     "monitored_since" DATE,
ADD COLUMN     "mutual_aid_member" BOOLEAN,
ADD COLUMN     "mutual_aid_stake" BIGINT,
ADD COLUMN     "net_income" BIGINT,
ADD COLUMN     "other_causes" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "other_transfer" BIGINT,
ADD COLUMN     "out_of_pocket_medical" BIGINT,
ADD COLUMN     "pension" BIGINT,
ADD COLUMN     "production_cost" BIGINT,
ADD COLUMN     "property_income" BIGINT,
ADD COLUMN     "recognition_per_capita_income" BIGINT,
ADD COLUMN     "relocation" BOOLEAN,
ADD COLUMN     "returned_woodland" DOUBLE PRECISION,
ADD COLUMN     "risk_cleared" BOOLEAN,
ADD COLUMN     "risks" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "road_distance" DOUBLE PRECISION,
ADD COLUMN     "safe_water_solved" BOOLEAN,
ADD COLUMN     "sanitary_toilet" BOOLEAN,
ADD COLUMN     "standard" TEXT,
ADD COLUMN     "surveyed_on" DATE,
ADD COLUMN     "total_income" BIGINT,
ADD COLUMN     "transfer_income" BIGINT,
ADD COLUMN     "wage_income" BIGINT,
ADD COLUMN     "water_facility_damaged" BOOLEAN,
ADD COLUMN     "water_source" TEXT,
ADD COLUMN     "woodland" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "person"
ADD COLUMN     "aside" JSONB,
ADD COLUMN     "deceased_on" DATE,
ADD COLUMN     "disability_certificate_sealed" BYTEA,
ADD COLUMN     "education_assistance" TEXT,
ADD COLUMN     "employee_medical_insurance" BOOLEAN,
ADD COLUMN     "employment_assistance" TEXT,
ADD COLUMN     "health_assistance" TEXT,
ADD COLUMN     "industry_assistance" TEXT,
ADD COLUMN     "left_empty" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "non_attendance_reason" TEXT,
ADD COLUMN     "pension_insurance" BOOLEAN,
ADD COLUMN     "plans_to_work_away" BOOLEAN,
ADD COLUMN     "public_welfare_months" DOUBLE PRECISION,
ADD COLUMN     "public_welfare_post" TEXT,
ADD COLUMN     "resident_medical_insurance" BOOLEAN,
ADD COLUMN     "service_needs" TEXT[] NOT NULL DEFAULT '{}',
ADD COLUMN     "social_security" TEXT,
ADD COLUMN     "yulu_subsidy" TEXT;

-- CreateTable
CREATE TABLE "household_history" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "village_id" UUID NOT NULL,
    "village_code" TEXT NOT NULL,
    "natural_village" TEXT,
    "status" TEXT NOT NULL,
    "category" TEXT,
    "main_cause" TEXT,
    "dangerous_house" BOOLEAN,
    "safe_water" BOOLEAN,
    "water_difficulty" BOOLEAN,
    "per_capita_income_fen" BIGINT,
    "standard" TEXT,
    "household_type" TEXT,
    "other_causes" TEXT[] NOT NULL DEFAULT '{}',
    "monitored_kind" TEXT,
    "monitored_since" DATE,
    "risk_cleared" BOOLEAN,
    "risks" TEXT[] NOT NULL DEFAULT '{}',
    "recognition_per_capita_income" BIGINT,
    "cleared_on" DATE,
    "cleared_by_assistance" BOOLEAN,
    "clearing_per_capita_income" BIGINT,
    "bank_name" TEXT,
    "bank_account_sealed" BYTEA,
    "family_planning_household" BOOLEAN,
    "surveyed_on" DATE,
    "total_income" BIGINT,
    "net_income" BIGINT,
    "wage_income" BIGINT,
    "business_income" BIGINT,
    "property_income" BIGINT,
    "transfer_income" BIGINT,
    "family_planning_grant" BIGINT,
    "low_income_allowance" BIGINT,
    "extreme_hardship_support" BIGINT,
    "pension" BIGINT,
    "ecological_compensation" BIGINT,
    "other_transfer" BIGINT,
    "production_cost" BIGINT,
    "out_of_pocket_medical" BIGINT,
    "disability_allowance" BOOLEAN,
    "housing_guarantee" BOOLEAN,
    "relocation" BOOLEAN,
    "housing_area" DOUBLE PRECISION,
    "house_structure" TEXT,
    "built_year" INTEGER,
    "farmland" DOUBLE PRECISION,
    "irrigated_land" DOUBLE PRECISION,
    "woodland" DOUBLE PRECISION,
    "returned_woodland" DOUBLE PRECISION,
    "grassland" DOUBLE PRECISION,
    "mutual_aid_member" BOOLEAN,
    "mutual_aid_stake" BIGINT,
    "industry" TEXT,
    "industry_organisation" TEXT,
    "industry_income" BIGINT,
    "electricity" BOOLEAN,
    "fuels" TEXT[] NOT NULL DEFAULT '{}',
    "water_source" TEXT,
    "safe_water_solved" BOOLEAN,
    "water_facility_damaged" BOOLEAN,
    "access_road" TEXT,
    "sanitary_toilet" BOOLEAN,
    "road_distance" DOUBLE PRECISION,
    "left_empty" TEXT[] NOT NULL DEFAULT '{}',
    "head_name" TEXT NOT NULL,
    "member_count" INTEGER NOT NULL,
    "stated_count" DOUBLE PRECISION,
    "version" INTEGER NOT NULL DEFAULT 1,
    "import_id" UUID,
    "brought_by" UUID,
    "brought_version" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_until" TIMESTAMPTZ(6) NOT NULL,
    "replaced_by" UUID,
    "kept_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_history_pkey" PRIMARY KEY ("id","version")
);

-- CreateTable
CREATE TABLE "person_history" (
    "id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "person_number" TEXT,
    "name" TEXT NOT NULL,
    "id_sealed" BYTEA NOT NULL,
    "id_index" BYTEA NOT NULL,
    "id_last_four_index" BYTEA NOT NULL,
    "birth_date" DATE NOT NULL,
    "sex" TEXT NOT NULL,
    "has_certificate" BOOLEAN NOT NULL DEFAULT false,
    "relation" TEXT NOT NULL,
    "ethnicity" TEXT,
    "education" TEXT,
    "school" TEXT,
    "health" TEXT[],
    "labour" TEXT,
    "work_area" TEXT,
    "work_months" DOUBLE PRECISION,
    "critical_insurance" BOOLEAN,
    "phone_sealed" BYTEA,
    "phone_index" BYTEA,
    "deceased_on" DATE,
    "non_attendance_reason" TEXT,
    "yulu_subsidy" TEXT,
    "disability_certificate_sealed" BYTEA,
    "plans_to_work_away" BOOLEAN,
    "service_needs" TEXT[] NOT NULL DEFAULT '{}',
    "public_welfare_post" TEXT,
    "public_welfare_months" DOUBLE PRECISION,
    "resident_medical_insurance" BOOLEAN,
    "employee_medical_insurance" BOOLEAN,
    "pension_insurance" BOOLEAN,
    "education_assistance" TEXT,
    "health_assistance" TEXT,
    "industry_assistance" TEXT,
    "employment_assistance" TEXT,
    "social_security" TEXT,
    "left_empty" TEXT[] NOT NULL DEFAULT '{}',
    "aside" JSONB,
    "row_order" INTEGER NOT NULL DEFAULT 0,
    "import_id" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "household_version" INTEGER NOT NULL,
    "kept_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_history_pkey" PRIMARY KEY ("household_id","household_version","id")
);

-- CreateIndex
CREATE INDEX "household_history_replaced_by_idx" ON "household_history"("replaced_by");

-- CreateIndex
CREATE INDEX "person_history_id_idx" ON "person_history"("id");

-- What lay in JSON, as columns: those of later editions of the export, and which were asked for and left empty.
CREATE FUNCTION facts_of_household(given jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN jsonb_build_object(
  'household_type', given->>'householdType',
  'monitored_kind', given->>'monitoredKind',
  'monitored_since', CASE WHEN given->>'monitoredSince' ~ '^\d{4}-\d{2}-\d{2}$' THEN given->>'monitoredSince' END,
  'risk_cleared', CASE WHEN jsonb_typeof(given->'riskCleared') = 'boolean' THEN given->'riskCleared' END,
  'safe_water_solved', CASE WHEN jsonb_typeof(given->'safeWaterSolved') = 'boolean' THEN given->'safeWaterSolved' END,
  'wage_income', CASE WHEN jsonb_typeof(given->'wageIncome') = 'number' THEN given->'wageIncome' END,
  'business_income', CASE WHEN jsonb_typeof(given->'businessIncome') = 'number' THEN given->'businessIncome' END,
  'property_income', CASE WHEN jsonb_typeof(given->'propertyIncome') = 'number' THEN given->'propertyIncome' END,
  'transfer_income', CASE WHEN jsonb_typeof(given->'transferIncome') = 'number' THEN given->'transferIncome' END,
  'production_cost', CASE WHEN jsonb_typeof(given->'productionCost') = 'number' THEN given->'productionCost' END,
  'housing_area', CASE WHEN jsonb_typeof(given->'housingArea') = 'number' THEN given->'housingArea' END,
  'road_distance', CASE WHEN jsonb_typeof(given->'roadDistance') = 'number' THEN given->'roadDistance' END,
  'farmland', CASE WHEN jsonb_typeof(given->'farmland') = 'number' THEN given->'farmland' END,
  'woodland', CASE WHEN jsonb_typeof(given->'woodland') = 'number' THEN given->'woodland' END,
  'risks', (SELECT coalesce(jsonb_agg(coalesce(w.code, given->>('risk' || n)) ORDER BY n), '[]')
    FROM generate_series(1, 5) n LEFT JOIN (VALUES
      ('因病', 'illness'),
      ('因残', 'disability'),
      ('因学', 'schooling'),
      ('因灾', 'disaster'),
      ('缺土地', 'no-land'),
      ('缺水', 'no-water'),
      ('缺技术', 'no-skill'),
      ('缺劳力', 'no-labour'),
      ('缺资金', 'no-capital'),
      ('交通条件落后', 'poor-transport'),
      ('自身发展力不足', 'low-motivation')
    ) AS w (said, code) ON w.said = given->>('risk' || n)
    WHERE coalesce(given->>('risk' || n), '') <> ''),
  'left_empty', (SELECT coalesce(jsonb_agg(k ORDER BY k COLLATE "C"), '[]') FROM jsonb_each(given) AS e (k, v)
    WHERE jsonb_typeof(v) = 'null' AND k IN ('householdType', 'monitoredKind', 'monitoredSince', 'riskCleared', 'safeWaterSolved', 'wageIncome', 'businessIncome', 'propertyIncome', 'transferIncome', 'productionCost', 'housingArea', 'roadDistance', 'farmland', 'woodland', 'safeWater'))
);
CREATE FUNCTION facts_of_person(given jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE RETURN jsonb_build_object(
  'public_welfare_post', given->>'publicWelfarePost',
  'education_assistance', given->>'educationAssistance',
  'health_assistance', given->>'healthAssistance',
  'industry_assistance', given->>'industryAssistance',
  'employment_assistance', given->>'employmentAssistance',
  'social_security', given->>'socialSecurity',
  'public_welfare_months', CASE WHEN jsonb_typeof(given->'publicWelfareMonths') = 'number' THEN given->'publicWelfareMonths' END,
  'resident_medical_insurance', CASE WHEN jsonb_typeof(given->'residentMedicalInsurance') = 'boolean' THEN given->'residentMedicalInsurance' END,
  'aside', given->'aside',
  'left_empty', (SELECT coalesce(jsonb_agg(k ORDER BY k COLLATE "C"), '[]') FROM jsonb_each(given) AS e (k, v)
    WHERE jsonb_typeof(v) = 'null' AND k IN ('ethnicity', 'schoolStage', 'health', 'labour', 'criticalIllnessInsurance', 'publicWelfarePost', 'educationAssistance', 'healthAssistance', 'industryAssistance', 'employmentAssistance', 'socialSecurity', 'publicWelfareMonths', 'residentMedicalInsurance'))
);

UPDATE "household" h SET (household_type, monitored_kind, monitored_since, risk_cleared, safe_water_solved, wage_income, business_income, property_income, transfer_income, production_cost, housing_area, road_distance, farmland, woodland, risks, left_empty) = (
  SELECT f.household_type, f.monitored_kind, f.monitored_since, f.risk_cleared, f.safe_water_solved, f.wage_income, f.business_income, f.property_income, f.transfer_income, f.production_cost, f.housing_area, f.road_distance, f.farmland, f.woodland, f.risks, f.left_empty
  FROM jsonb_populate_record(NULL::household, facts_of_household(h.conditions)) f)
WHERE h.conditions <> '{}';
UPDATE "person" p SET (public_welfare_post, education_assistance, health_assistance, industry_assistance, employment_assistance, social_security, public_welfare_months, resident_medical_insurance, aside, left_empty) = (
  SELECT f.public_welfare_post, f.education_assistance, f.health_assistance, f.industry_assistance, f.employment_assistance, f.social_security, f.public_welfare_months, f.resident_medical_insurance, f.aside, f.left_empty
  FROM jsonb_populate_record(NULL::person, facts_of_person(p.details)) f)
WHERE p.details <> '{}';

-- Earlier states in their own columns. What a column was added for after a state was kept has its default.
INSERT INTO "household_history" SELECT f.* FROM "household_version" v,
  jsonb_populate_record(NULL::household_history,
    '{"brought_version": 1, "other_causes": [], "risks": [], "fuels": []}'::jsonb || v.household
      || facts_of_household(coalesce(v.household->'conditions', '{}'))
      || jsonb_build_object('version', v.version, 'valid_until', v.valid_until, 'replaced_by', v.replaced_by,
        'changed_at', v.valid_from, 'kept_at', v.recorded_at)) f;
INSERT INTO "person_history" SELECT f.* FROM "household_version" v, jsonb_array_elements(v.members) m,
  jsonb_populate_record(NULL::person_history,
    '{"has_certificate": false, "row_order": 0, "service_needs": []}'::jsonb || m
      || facts_of_person(coalesce(m->'details', '{}'))
      || jsonb_build_object('household_id', v.household_id, 'household_version', v.version, 'kept_at', v.recorded_at)) f;

DROP FUNCTION facts_of_household;
DROP FUNCTION facts_of_person;
DROP TABLE "household_version";
ALTER TABLE "household" DROP COLUMN "conditions";
ALTER TABLE "person" DROP COLUMN "details";
