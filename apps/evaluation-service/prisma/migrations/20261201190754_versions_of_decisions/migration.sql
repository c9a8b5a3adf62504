-- AlterTable
ALTER TABLE "evaluation" ADD COLUMN     "policy_id" UUID;

-- AlterTable
ALTER TABLE "rate_result" ADD COLUMN     "policy_id" UUID;

-- What the thresholds kept of their version already.
UPDATE "evaluation" SET "policy_id" = ("thresholds" ->> 'policyId')::uuid WHERE "thresholds" IS NOT NULL;
UPDATE "rate_result" SET "policy_id" = ("result" -> 'thresholds' ->> 'policyId')::uuid;
