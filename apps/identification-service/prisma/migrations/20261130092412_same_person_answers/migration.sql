-- AlterTable
ALTER TABLE "import_same_person" DROP COLUMN "account_id",
ADD COLUMN     "same" BOOLEAN;
