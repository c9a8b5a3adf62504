-- AlterTable
ALTER TABLE "case_event" ADD COLUMN     "policy_id" UUID;

-- AlterTable
ALTER TABLE "notice" ADD COLUMN     "policy_id" UUID;

-- AlterTable
ALTER TABLE "quality_breach" ADD COLUMN     "policy_id" UUID;
