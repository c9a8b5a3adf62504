-- AlterTable
ALTER TABLE "evaluation" ADD COLUMN     "thresholds_approved_at" TIMESTAMPTZ(6),
ADD COLUMN     "thresholds_approved_by" TEXT,
ADD COLUMN     "thresholds_by" TEXT;

-- Plans of the release before: whoever planned an evaluation laid its thresholds down, and no one had to approve them.
UPDATE "evaluation" SET "thresholds_by" = "account_id";
ALTER TABLE "evaluation" ALTER COLUMN "thresholds_by" SET NOT NULL;

-- AlterTable. Frames of the release before hold no status, and their hash does not know of it.
ALTER TABLE "frame_row" ADD COLUMN     "status" TEXT;
