-- AlterTable
ALTER TABLE "objection" ADD COLUMN     "identity" BYTEA;

-- CreateIndex
CREATE UNIQUE INDEX "objection_notice_id_identity_key" ON "objection"("notice_id", "identity");
