-- AlterTable
ALTER TABLE "evaluation" ALTER COLUMN "thresholds" DROP NOT NULL,
ALTER COLUMN "thresholds_by" DROP NOT NULL;

-- What was typed into a plan is not what its frame will be judged by: that is the policy of the frame's day.
UPDATE "evaluation" SET "thresholds" = NULL WHERE "state" IN ('draft', 'freezing');
