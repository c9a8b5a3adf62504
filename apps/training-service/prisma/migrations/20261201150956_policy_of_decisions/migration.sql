-- AlterTable
ALTER TABLE "certificate" ADD COLUMN     "policy_id" UUID;

-- AlterTable
ALTER TABLE "enrolment" ADD COLUMN     "policy_id" UUID;
