-- AlterTable
ALTER TABLE "evaluation" DROP COLUMN "thresholds_approved_at",
DROP COLUMN "thresholds_approved_by",
DROP COLUMN "thresholds_by",
ALTER COLUMN "thresholds" DROP NOT NULL;

-- What was typed into a plan is not what its frame will be judged by: that is the policy of the frame's day.
UPDATE "evaluation" SET "thresholds" = NULL WHERE "state" IN ('draft', 'freezing');
