-- AlterTable
ALTER TABLE "pairing_plan" ADD COLUMN     "policy_id" UUID;

-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "policy_id" UUID;
