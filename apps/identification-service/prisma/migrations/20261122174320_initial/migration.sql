-- CreateTable
CREATE TABLE "region" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "valid_from" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "region_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household" (
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
    "conditions" JSONB NOT NULL DEFAULT '{}',
    "head_name" TEXT NOT NULL,
    "member_count" INTEGER NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "import_id" UUID,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "person" (
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
    "details" JSONB NOT NULL DEFAULT '{}',
    "row_order" INTEGER NOT NULL DEFAULT 0,
    "import_id" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_version" (
    "household_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "household" JSONB NOT NULL,
    "members" JSONB NOT NULL,
    "valid_from" TIMESTAMPTZ(6) NOT NULL,
    "valid_until" TIMESTAMPTZ(6) NOT NULL,
    "replaced_by" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_version_pkey" PRIMARY KEY ("household_id","version")
);

-- CreateTable
CREATE TABLE "roster_import" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "job_id" UUID,
    "report" JSONB,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "committed_at" TIMESTAMPTZ(6),
    "undone_at" TIMESTAMPTZ(6),
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_problem" (
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "sheet" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "household" TEXT,
    "village" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_problem_pkey" PRIMARY KEY ("import_id","position")
);

-- CreateTable
CREATE TABLE "quality_breach" (
    "household_id" UUID NOT NULL,
    "rule_id" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "quality_breach_pkey" PRIMARY KEY ("household_id","rule_id","subject_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "region_code_key" ON "region"("code");

-- CreateIndex
CREATE INDEX "region_parent_code_idx" ON "region"("parent_code");

-- CreateIndex
CREATE INDEX "household_village_code_number_id_idx" ON "household"("village_code", "number", "id");

-- CreateIndex
CREATE INDEX "household_county_code_status_number_id_idx" ON "household"("county_code", "status", "number", "id");

-- CreateIndex
CREATE INDEX "household_import_id_idx" ON "household"("import_id");

-- CreateIndex
CREATE UNIQUE INDEX "household_county_code_number_key" ON "household"("county_code", "number");

-- CreateIndex
CREATE INDEX "person_household_id_row_order_idx" ON "person"("household_id", "row_order");

-- CreateIndex
CREATE INDEX "person_id_last_four_index_idx" ON "person"("id_last_four_index");

-- CreateIndex
CREATE INDEX "person_county_code_name_idx" ON "person"("county_code", "name");

-- CreateIndex
CREATE UNIQUE INDEX "person_county_code_id_index_key" ON "person"("county_code", "id_index");

-- CreateIndex
CREATE INDEX "household_version_replaced_by_idx" ON "household_version"("replaced_by");

-- CreateIndex
CREATE INDEX "roster_import_county_code_created_at_id_idx" ON "roster_import"("county_code", "created_at" DESC, "id");

-- CreateIndex
CREATE INDEX "import_problem_import_id_code_position_idx" ON "import_problem"("import_id", "code", "position");

-- CreateIndex
CREATE INDEX "quality_breach_county_code_rule_id_village_code_idx" ON "quality_breach"("county_code", "rule_id", "village_code");

-- AddForeignKey
ALTER TABLE "person" ADD CONSTRAINT "person_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
