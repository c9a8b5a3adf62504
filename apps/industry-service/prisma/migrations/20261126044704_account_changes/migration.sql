-- CreateTable
CREATE TABLE "account_change" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "contract_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "old_bank_name" TEXT NOT NULL,
    "old_account_tail" TEXT NOT NULL,
    "bank_name" TEXT NOT NULL,
    "account_sealed" BYTEA NOT NULL,
    "account_index" BYTEA NOT NULL,
    "account_tail" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by_id" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "account_change_contract_id_id_idx" ON "account_change"("contract_id", "id");

-- CreateIndex
CREATE INDEX "account_change_county_code_state_idx" ON "account_change"("county_code", "state");
