-- A contract can end before its time and a household can leave it, by two persons.
CREATE TABLE "contract_end" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "contract_id" UUID NOT NULL,
    "household_id" UUID,
    "last_day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_by_id" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "contract_end_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "contract_end_contract_id_id_idx" ON "contract_end"("contract_id", "id");
CREATE INDEX "contract_end_county_code_state_idx" ON "contract_end"("county_code", "state");
