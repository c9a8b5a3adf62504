-- CreateTable
CREATE TABLE "region_period" (
    "id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "valid_from" DATE,
    "valid_until" DATE,
    "ended_at" TIMESTAMPTZ(6),
    "document" TEXT,
    "change_id" UUID,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "region_period_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "region_change" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "changed" JSONB NOT NULL,
    "households" INTEGER NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "region_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "region_period_region_id_idx" ON "region_period"("region_id");

-- CreateIndex
CREATE INDEX "region_period_code_idx" ON "region_period"("code");

-- CreateIndex
CREATE INDEX "region_change_county_code_day_id_idx" ON "region_change"("county_code", "day" DESC, "id");

-- The divisions there are hold since before the platform knew them.
INSERT INTO "region_period" ("id", "region_id", "county_code", "code", "level", "name", "parent_code")
SELECT gen_random_uuid(), "id", "county_code", "code", "level", "name", "parent_code" FROM "region";
