-- AlterTable
ALTER TABLE "account" ADD COLUMN     "disabled_by" TEXT,
ADD COLUMN     "disabled_by_name" TEXT,
ADD COLUMN     "disabled_reason" TEXT,
ADD COLUMN     "one_time_until" TIMESTAMPTZ(6),
ADD COLUMN     "reset_proposed_at" TIMESTAMPTZ(6),
ADD COLUMN     "reset_proposed_by" TEXT,
ADD COLUMN     "reset_proposed_by_name" TEXT;

-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "grants" JSONB,
ADD COLUMN     "until" TIMESTAMPTZ(6),
ADD COLUMN     "withdrawn_by" TEXT,
ADD COLUMN     "withdrawn_by_name" TEXT;

-- Keys made before had no end: their owners have a quarter to replace them.
UPDATE "api_key" SET "until" = now() + interval '90 days';

ALTER TABLE "api_key" ALTER COLUMN "until" SET NOT NULL;

-- Passwords handed over before had no end either: they are good for a day from here.
UPDATE "account" SET "one_time_until" = now() + interval '24 hours' WHERE "must_change_password";

-- Answers that held a password or a key, sealed, are kept no longer, a repeat is told that it was shown.
UPDATE "platform"."idempotency_key" SET "answer" = 'null', "status" = 409 WHERE "operation" IN ('createAccount', 'createApiKey') AND "answer" ->> 'sealed' IS NOT NULL;
