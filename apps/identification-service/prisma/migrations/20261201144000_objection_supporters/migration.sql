-- AlterTable
ALTER TABLE "objection" ADD COLUMN     "origin" BYTEA,
ADD COLUMN     "wording" BYTEA;

-- CreateTable
CREATE TABLE "objection_supporter" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "objection_id" UUID NOT NULL,
    "receipt" TEXT NOT NULL,
    "identity" BYTEA NOT NULL,
    "origin" BYTEA NOT NULL,
    "filed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "objection_supporter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "objection_supporter_receipt_key" ON "objection_supporter"("receipt");

-- CreateIndex
CREATE UNIQUE INDEX "objection_supporter_objection_id_identity_key" ON "objection_supporter"("objection_id", "identity");

-- AddForeignKey
ALTER TABLE "objection_supporter" ADD CONSTRAINT "objection_supporter_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "objection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
