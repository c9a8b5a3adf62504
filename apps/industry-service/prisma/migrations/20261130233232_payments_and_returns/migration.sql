-- AlterTable
ALTER TABLE "bank_receipt" ADD COLUMN     "returned" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "dividend_correction" ADD COLUMN     "checked_by_id" TEXT,
ADD COLUMN     "higher_hand" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "left_fen" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "dividend_line" ADD COLUMN     "posted_fen" BIGINT;

-- AlterTable
ALTER TABLE "dividend_payment" DROP CONSTRAINT "dividend_payment_pkey",
ADD COLUMN     "id" UUID,
ADD COLUMN     "reference_key" TEXT;

-- A line had one payment: it goes by the line's id, under which others have heard of it.
UPDATE "dividend_payment" SET "id" = "line_id";

-- AlterTable
ALTER TABLE "dividend_payment" ALTER COLUMN "id" SET NOT NULL,
ADD CONSTRAINT "dividend_payment_pkey" PRIMARY KEY ("id");

-- AlterTable
ALTER TABLE "payment_batch" ADD COLUMN     "cancel_asked_at" TIMESTAMPTZ(6),
ADD COLUMN     "cancel_asked_by" TEXT,
ADD COLUMN     "cancel_asked_by_id" TEXT,
ADD COLUMN     "cancel_decided_at" TIMESTAMPTZ(6),
ADD COLUMN     "cancel_decided_by" TEXT,
ADD COLUMN     "cancel_reason" TEXT,
ADD COLUMN     "cancel_state" TEXT,
ADD COLUMN     "created_by_id" TEXT,
ADD COLUMN     "file_format" TEXT,
ADD COLUMN     "file_made_at" TIMESTAMPTZ(6),
ADD COLUMN     "file_sha256" TEXT;

-- CreateTable
CREATE TABLE "payment_batch_line" (
    "batch_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "rejection" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_batch_line_pkey" PRIMARY KEY ("batch_id","line_id")
);

-- CreateTable
CREATE TABLE "bank_file_fetch" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "fetched_by_id" TEXT NOT NULL,
    "fetched_by" TEXT NOT NULL,
    "fetched_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bank_file_fetch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dividend_return" (
    "payment_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "returned_on" DATE NOT NULL,
    "brought_by" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dividend_return_pkey" PRIMARY KEY ("payment_id")
);

-- CreateTable
CREATE TABLE "dividend_confirmation" (
    "id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "payment_id" UUID NOT NULL,
    "received_fen" BIGINT NOT NULL,
    "received_on" DATE,
    "own" BOOLEAN,
    "said_by_id" TEXT NOT NULL,
    "said_by" TEXT NOT NULL,
    "said_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dividend_confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dividend_claim" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "declaration_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "household_number" TEXT NOT NULL,
    "head_name" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "village_name" TEXT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dividend_claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim_settlement" (
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "settled_on" DATE NOT NULL,
    "reference" TEXT NOT NULL,
    "line_id" UUID,
    "reverses" UUID,
    "reason" TEXT NOT NULL,
    "made_by_id" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "claim_settlement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "payment_batch_line_line_id_idx" ON "payment_batch_line"("line_id");

-- CreateIndex
CREATE INDEX "bank_file_fetch_batch_id_fetched_at_idx" ON "bank_file_fetch"("batch_id", "fetched_at");

-- CreateIndex
CREATE INDEX "dividend_return_line_id_idx" ON "dividend_return"("line_id");

-- CreateIndex
CREATE INDEX "dividend_return_household_id_idx" ON "dividend_return"("household_id");

-- CreateIndex
CREATE INDEX "dividend_confirmation_line_id_said_at_idx" ON "dividend_confirmation"("line_id", "said_at");

-- CreateIndex
CREATE INDEX "dividend_claim_declaration_id_household_id_idx" ON "dividend_claim"("declaration_id", "household_id");

-- CreateIndex
CREATE INDEX "dividend_claim_household_id_idx" ON "dividend_claim"("household_id");

-- CreateIndex
CREATE INDEX "claim_settlement_claim_id_id_idx" ON "claim_settlement"("claim_id", "id");

-- CreateIndex
CREATE INDEX "claim_settlement_line_id_idx" ON "claim_settlement"("line_id");

-- CreateIndex
CREATE INDEX "claim_settlement_reverses_idx" ON "claim_settlement"("reverses");

-- CreateIndex
CREATE INDEX "dividend_payment_line_id_idx" ON "dividend_payment"("line_id");

-- CreateIndex
CREATE UNIQUE INDEX "dividend_payment_county_code_reference_key_key" ON "dividend_payment"("county_code", "reference_key");

-- A reference that is the county's only one stays so, those used twice before this was asked bind nobody.
UPDATE "dividend_payment" p SET "reference_key" = u."key" FROM (
  SELECT "county_code", upper(regexp_replace("reference", '\s', '', 'g')) AS "key" FROM "dividend_payment"
  GROUP BY 1, 2 HAVING count(*) = 1) u
WHERE u."county_code" = p."county_code" AND u."key" = upper(regexp_replace(p."reference", '\s', '', 'g'));

-- What was posted for a line that replaced another: the amount of the first of its chain.
WITH RECURSIVE chain AS (
  SELECT "declaration_id", "line_number", "amount_fen" AS posted FROM "dividend_line" WHERE "replaces" IS NULL
  UNION ALL
  SELECT l."declaration_id", l."line_number", c.posted FROM "dividend_line" l
    JOIN chain c ON c."declaration_id" = l."declaration_id" AND c."line_number" = l."replaces")
UPDATE "dividend_line" l SET "posted_fen" = c.posted FROM chain c
WHERE c."declaration_id" = l."declaration_id" AND c."line_number" = l."line_number" AND l."replaces" IS NOT NULL;

-- The lines of the batches, as far as it is still known which they were.
INSERT INTO "payment_batch_line" ("batch_id", "line_id", "county_code", "amount_fen")
SELECT "batch_id", "line_id", "county_code", "amount_fen" FROM "dividend_payment"
UNION
SELECT "batch_id", "id", "county_code", "payable_fen" FROM "dividend_line" WHERE "state" = 'batched' AND "batch_id" IS NOT NULL;

-- The words that were kept on the lines, who said them is in the audit log alone.
INSERT INTO "dividend_confirmation" ("id", "line_id", "county_code", "payment_id", "received_fen", "said_by_id", "said_by", "said_at")
SELECT uuidv7(), l."id", l."county_code", p."id", l."confirmed_fen", '', '', coalesce(l."confirmed_at", l."recorded_at")
FROM "dividend_line" l JOIN "dividend_payment" p ON p."line_id" = l."id" WHERE l."confirmed_fen" IS NOT NULL;

-- What was noted to be recovered becomes a claim.
INSERT INTO "dividend_claim" ("id", "county_code", "declaration_id", "line_id", "household_id", "household_number", "head_name",
  "village_code", "village_name", "amount_fen", "reason", "opened_by", "opened_at")
SELECT uuidv7(), l."county_code", l."declaration_id", l."id", l."household_id", l."household_number", l."head_name",
  l."village_code", l."village_name", l."recoverable_fen", x."reason", coalesce(x."checked_by", ''),
  coalesce(x."checked_at", x."recorded_at")
FROM "dividend_line" l JOIN "dividend_correction" x ON x."line_id" = l."id" AND x."state" = 'approved'
WHERE l."recoverable_fen" > 0;
