-- "Open" said of a link that it has no end yet, not that it holds today, so that a household handed over for a day to
-- come had the new helper at once. What holds on a day is asked with the day now. The column said nothing that
-- household_id and valid_until do not say.
-- DropIndex
DROP INDEX "pairing_link_cadre_id_open_for_idx";

-- DropIndex
DROP INDEX "pairing_link_open_for_key";

-- DropIndex
DROP INDEX "pairing_link_unit_id_open_for_idx";

-- AlterTable
ALTER TABLE "pairing_link" DROP COLUMN "open_for",
ADD COLUMN     "ended_by_id" TEXT,
ADD COLUMN     "ended_by_name" TEXT,
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "pairing_plan" ADD COLUMN     "applied_from" DATE,
ADD COLUMN     "applier_id" TEXT,
ADD COLUMN     "withdraw_reason" TEXT,
ADD COLUMN     "withdrawer_name" TEXT,
ADD COLUMN     "withdrawn_at" TIMESTAMPTZ(6);

-- CreateTable
CREATE TABLE "pairing_reversal" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "link_id" UUID NOT NULL,
    "cadre_id" UUID NOT NULL,
    "previous_id" UUID,
    "day" DATE NOT NULL,
    "moved_to" DATE,
    "change_reason" TEXT,
    "made_by_id" TEXT,
    "made_by_name" TEXT,
    "reason" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "reversed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pairing_reversal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pairing_reversal_household_id_reversed_at_idx" ON "pairing_reversal"("household_id", "reversed_at");

-- CreateIndex
CREATE INDEX "pairing_link_cadre_id_valid_from_idx" ON "pairing_link"("cadre_id", "valid_from");

-- CreateIndex
CREATE INDEX "pairing_link_unit_id_valid_from_idx" ON "pairing_link"("unit_id", "valid_from");

-- CreateIndex
CREATE INDEX "pairing_link_plan_id_idx" ON "pairing_link"("plan_id");

-- A link that ended on the day it would have begun never held.
UPDATE "pairing_link" SET "withdrawn_at" = "recorded_at" WHERE "valid_until" <= "valid_from";

-- At most one helper on every day, whatever is dated ahead. A GiST index compares ranges by itself, but a uuid only with
-- the extension btree_gist, which a server of others may not have. An address of IPv6 has the same 128 bits.
ALTER TABLE "pairing_link" ADD CONSTRAINT "pairing_link_one_helper_a_day" EXCLUDE USING gist (
    (regexp_replace(replace("household_id"::text, '-', ''), '(....)(?=.)', '\1:', 'g')::inet) inet_ops WITH =,
    daterange("valid_from", "valid_until") WITH &&
  ) WHERE ("withdrawn_at" IS NULL);

-- The day from which the pairings of a plan hold, and who applied it, was kept with them alone.
UPDATE "pairing_plan" p SET "applied_from" = l."from", "applier_id" = l."applier"
  FROM (SELECT "plan_id", min("valid_from") AS "from", min("account_id") AS "applier" FROM "pairing_link" GROUP BY "plan_id") l
  WHERE l."plan_id" = p."id" AND p."state" = 'applied';
