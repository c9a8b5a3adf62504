-- AlterTable
ALTER TABLE "household" ADD COLUMN     "brought_by" UUID,
ADD COLUMN     "brought_version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "stated_count" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "withdrawn_household" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "withdrawn_by" UUID,
    "withdrawn_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "withdrawn_household_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "withdrawn_person" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "id_index" BYTEA NOT NULL,
    "withdrawn_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "withdrawn_person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_same_person" (
    "import_id" UUID NOT NULL,
    "sheet" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_same_person_pkey" PRIMARY KEY ("import_id","sheet","row")
);

-- CreateTable
CREATE TABLE "outside_finding" (
    "import_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "persons" INTEGER NOT NULL,
    "found_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outside_finding_pkey" PRIMARY KEY ("import_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "withdrawn_household_county_code_number_key" ON "withdrawn_household"("county_code", "number");

-- CreateIndex
CREATE UNIQUE INDEX "withdrawn_person_county_code_id_index_key" ON "withdrawn_person"("county_code", "id_index");

-- CreateIndex
CREATE INDEX "outside_finding_account_id_found_at_idx" ON "outside_finding"("account_id", "found_at");

-- Which import brought each household that is there.
UPDATE "household" h SET "brought_by" = coalesce(
  (SELECT (v."household"->>'import_id')::uuid FROM "household_version" v WHERE v."household_id" = h."id" AND v."version" = 1),
  h."import_id"
);
