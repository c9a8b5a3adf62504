-- CreateTable
CREATE TABLE "evaluation" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "frame_date" DATE NOT NULL,
    "regions" TEXT[],
    "thresholds" JSONB NOT NULL,
    "design" JSONB NOT NULL,
    "field_from" DATE NOT NULL,
    "field_to" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "frame_job_id" UUID,
    "frame_hash" TEXT,
    "frame_households" INTEGER,
    "frame_persons" INTEGER,
    "frame_without_members" INTEGER,
    "frame_totals" JSONB,
    "frozen_at" TIMESTAMPTZ(6),
    "frozen_by" TEXT,
    "seed" TEXT,
    "seed_source" TEXT,
    "seed_published_at" TIMESTAMPTZ(6),
    "seed_published_by" TEXT,
    "sample_hash" TEXT,
    "sample_villages" INTEGER,
    "sample_households" INTEGER,
    "sample_replacements" INTEGER,
    "drawn_at" TIMESTAMPTZ(6),
    "drawn_by" TEXT,
    "verdict" TEXT,
    "computed_at" TIMESTAMPTZ(6),
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "evaluation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "frame_row" (
    "evaluation_id" UUID NOT NULL,
    "household_number" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "village_name" TEXT NOT NULL,
    "township_name" TEXT NOT NULL,
    "head_name" TEXT NOT NULL,
    "stratum" TEXT NOT NULL,
    "persons" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "frame_row_pkey" PRIMARY KEY ("evaluation_id","household_number")
);

-- CreateTable
CREATE TABLE "sample_village" (
    "evaluation_id" UUID NOT NULL,
    "village_code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "households" INTEGER NOT NULL,
    "chance_of" INTEGER NOT NULL,
    "chance_in" INTEGER NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_village_pkey" PRIMARY KEY ("evaluation_id","village_code")
);

-- CreateTable
CREATE TABLE "sample_row" (
    "evaluation_id" UUID NOT NULL,
    "household_number" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "stratum" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sample_row_pkey" PRIMARY KEY ("evaluation_id","household_number")
);

-- CreateTable
CREATE TABLE "return_file" (
    "id" UUID NOT NULL,
    "evaluation_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "accepted" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "problems" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "return_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "household_return" (
    "evaluation_id" UUID NOT NULL,
    "return_id" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "row_number" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_number" TEXT NOT NULL,
    "corrects" TEXT,
    "outcome" TEXT NOT NULL,
    "answer" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_return_pkey" PRIMARY KEY ("evaluation_id","return_id")
);

-- CreateTable
CREATE TABLE "return_problem" (
    "file_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "household" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "return_problem_pkey" PRIMARY KEY ("file_id","position")
);

-- CreateTable
CREATE TABLE "rate_result" (
    "id" UUID NOT NULL,
    "evaluation_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "computed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rate_result_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "evaluation_county_code_id_idx" ON "evaluation"("county_code", "id" DESC);

-- CreateIndex
CREATE INDEX "frame_row_household_number_idx" ON "frame_row"("household_number");

-- CreateIndex
CREATE INDEX "frame_row_evaluation_id_village_code_idx" ON "frame_row"("evaluation_id", "village_code");

-- CreateIndex
CREATE UNIQUE INDEX "sample_row_evaluation_id_village_code_role_stratum_position_key" ON "sample_row"("evaluation_id", "village_code", "role", "stratum", "position");

-- CreateIndex
CREATE UNIQUE INDEX "return_file_evaluation_id_sha256_key" ON "return_file"("evaluation_id", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "household_return_evaluation_id_corrects_key" ON "household_return"("evaluation_id", "corrects");

-- CreateIndex
CREATE UNIQUE INDEX "household_return_file_id_row_number_key" ON "household_return"("file_id", "row_number");

-- CreateIndex
CREATE INDEX "rate_result_evaluation_id_id_idx" ON "rate_result"("evaluation_id", "id" DESC);
