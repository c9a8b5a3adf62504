-- DropIndex
DROP INDEX "declaration_contract_id_year_key";

-- AlterTable
ALTER TABLE "declaration" ADD COLUMN     "live" BOOLEAN DEFAULT true;

-- CreateIndex
CREATE UNIQUE INDEX "declaration_contract_id_year_live_key" ON "declaration"("contract_id", "year", "live");
