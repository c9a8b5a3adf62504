-- AlterTable
ALTER TABLE "roster_import" ADD COLUMN     "region_prefixes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateTable
CREATE TABLE "household_use" (
    "source_service" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "what" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "household_use_pkey" PRIMARY KEY ("source_service","source_id")
);

-- CreateIndex
CREATE INDEX "household_use_household_id_idx" ON "household_use"("household_id");
