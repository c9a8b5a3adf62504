-- AlterTable
ALTER TABLE "declaration_objection" ADD COLUMN     "origin" BYTEA,
ADD COLUMN     "wording" BYTEA;

-- CreateTable
CREATE TABLE "declaration_objection_supporter" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "objection_id" UUID NOT NULL,
    "receipt" TEXT NOT NULL,
    "identity" BYTEA NOT NULL,
    "origin" BYTEA NOT NULL,
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "declaration_objection_supporter_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "declaration_objection_supporter_receipt_key" ON "declaration_objection_supporter"("receipt");

-- CreateIndex
CREATE UNIQUE INDEX "declaration_objection_supporter_objection_id_identity_key" ON "declaration_objection_supporter"("objection_id", "identity");

-- AddForeignKey
ALTER TABLE "declaration_objection_supporter" ADD CONSTRAINT "declaration_objection_supporter_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "declaration_objection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
