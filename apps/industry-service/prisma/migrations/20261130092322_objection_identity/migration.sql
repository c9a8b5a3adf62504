-- AlterTable
ALTER TABLE "declaration_objection" ADD COLUMN     "identity" BYTEA;

-- CreateIndex
CREATE UNIQUE INDEX "declaration_objection_declaration_id_identity_key" ON "declaration_objection"("declaration_id", "identity");
