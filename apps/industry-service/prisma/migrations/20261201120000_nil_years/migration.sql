-- A dividend year with nothing to distribute, of a contract without a guarantee: said by the entity, decided by the township.
CREATE TABLE "dividend_nil" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "contract_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "period_from" DATE NOT NULL,
    "period_end" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "document_number" TEXT,
    "declared_by_id" TEXT NOT NULL,
    "declared_by" TEXT NOT NULL,
    "declared_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "dividend_nil_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "dividend_nil_contract_id_period_from_idx" ON "dividend_nil"("contract_id", "period_from");
CREATE TABLE "dividend_nil_decision" (
    "nil_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "decided_by_id" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "dividend_nil_decision_pkey" PRIMARY KEY ("nil_id")
);
