-- AlterTable
ALTER TABLE "evaluation" ADD COLUMN     "evaluator_key" TEXT,
ADD COLUMN     "evaluator_key_at" TIMESTAMPTZ(6),
ADD COLUMN     "evaluator_key_by" TEXT,
ADD COLUMN     "evaluator_key_holder" TEXT,
ADD COLUMN     "frozen_account_id" TEXT,
ADD COLUMN     "register_hash" TEXT,
ADD COLUMN     "seed_account_id" TEXT,
ADD COLUMN     "seed_commitment" TEXT,
ADD COLUMN     "seed_event" TEXT,
ADD COLUMN     "seed_event_day" DATE,
ADD COLUMN     "seed_file_sha256" TEXT,
ADD COLUMN     "seed_kind" TEXT;

-- AlterTable
ALTER TABLE "return_file" ADD COLUMN     "signed_at" TIMESTAMPTZ(6),
ADD COLUMN     "signer" TEXT,
ADD COLUMN     "workbook_name" TEXT,
ADD COLUMN     "workbook_sha256" TEXT;

-- CreateTable
CREATE TABLE "frame_register" (
    "evaluation_id" UUID NOT NULL,
    "household_number" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "monitored" BOOLEAN NOT NULL,
    "category" TEXT,
    "main_cause" TEXT,
    "per_capita_income_fen" BIGINT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "frame_register_pkey" PRIMARY KEY ("evaluation_id","household_number")
);

-- Who froze and who gave the seed was kept in the audit log only, and the rule of different accounts needs it here.
-- The audit log is not there when a migration is made, and a script is cut at its semicolons: hence \x3b (docs/traps.md).
DO E'BEGIN
  IF to_regclass(''platform.audit_entry'') IS NOT NULL THEN
    UPDATE evaluation e SET
      frozen_account_id = (SELECT a.account_id FROM platform.audit_entry a
        WHERE a.action = ''evaluation.frame.frozen'' AND a.record_id = e.id::text ORDER BY a.id DESC LIMIT 1),
      seed_account_id = (SELECT a.account_id FROM platform.audit_entry a
        WHERE a.action = ''evaluation.seed.published'' AND a.record_id = e.id::text ORDER BY a.id DESC LIMIT 1)\x3b
  END IF\x3b
END'
