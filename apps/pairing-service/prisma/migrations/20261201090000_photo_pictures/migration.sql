-- AlterTable
ALTER TABLE "photo" ADD COLUMN     "origin_sealed" BYTEA,
ADD COLUMN     "original_sha256" TEXT,
ADD COLUMN     "shown_sha256" TEXT;

-- CreateIndex
CREATE INDEX "photo_account_id_original_sha256_idx" ON "photo"("account_id", "original_sha256");
