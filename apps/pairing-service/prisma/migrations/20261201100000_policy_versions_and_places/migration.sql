-- DropIndex
DROP INDEX "pairing_policy_county_code_valid_from_key";

-- AlterTable
ALTER TABLE "pairing_policy" ADD COLUMN     "close_reason" TEXT,
ADD COLUMN     "closer_name" TEXT,
ADD COLUMN     "enforced_at" TIMESTAMPTZ(6),
ADD COLUMN     "enforcer_id" TEXT,
ADD COLUMN     "enforcer_name" TEXT,
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'in-force',
ADD COLUMN     "supersedes" UUID,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "writer_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "region_copy" ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION,
ADD COLUMN     "neighbours" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- CreateIndex
CREATE INDEX "pairing_policy_county_code_valid_from_idx" ON "pairing_policy"("county_code", "valid_from");

-- What was set at once by one account stays in force, and who wrote it is known.
UPDATE "pairing_policy" SET "writer_ids" = ARRAY["account_id"];

-- One version of a day is in force, whatever was drafted or replaced beside it.
CREATE UNIQUE INDEX "pairing_policy_in_force" ON "pairing_policy" ("county_code", "valid_from") WHERE "state" = 'in-force';
