-- AlterTable
ALTER TABLE "account_grant" ADD COLUMN     "confirmed_at" TIMESTAMPTZ(6),
ADD COLUMN     "confirmed_by" TEXT,
ADD COLUMN     "confirmed_by_name" TEXT,
ADD COLUMN     "is_proposed" BOOLEAN NOT NULL DEFAULT false;
