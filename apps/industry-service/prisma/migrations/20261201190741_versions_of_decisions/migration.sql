-- AlterTable
ALTER TABLE "contract" ADD COLUMN     "policy_id" UUID,
ADD COLUMN     "signed_at" TIMESTAMPTZ(6);

-- AlterTable
ALTER TABLE "declaration_notice" ADD COLUMN     "policy_id" UUID;

-- AlterTable
ALTER TABLE "dividend_correction" ADD COLUMN     "checked_policy_id" UUID,
ADD COLUMN     "policy_id" UUID;
