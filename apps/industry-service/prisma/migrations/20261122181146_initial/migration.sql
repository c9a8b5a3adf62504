-- CreateTable
CREATE TABLE "entity" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "credit_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "representative_role" TEXT NOT NULL,
    "seat_code" TEXT NOT NULL,
    "village_codes" TEXT[],
    "state" TEXT NOT NULL DEFAULT 'active',
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "entity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "guaranteed_bp" INTEGER NOT NULL,
    "profit_share_bp" INTEGER NOT NULL,
    "period_from" DATE NOT NULL,
    "period_to" DATE NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'drafted',
    "signed_on" DATE,
    "households" INTEGER NOT NULL DEFAULT 0,
    "stake_fen" BIGINT NOT NULL DEFAULT 0,
    "drafted_by_id" TEXT NOT NULL,
    "signed_by_id" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contract_household" (
    "contract_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_number" TEXT NOT NULL,
    "head_name" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "village_name" TEXT NOT NULL,
    "stake_fen" BIGINT NOT NULL,
    "bank_name" TEXT NOT NULL,
    "account_sealed" BYTEA NOT NULL,
    "account_index" BYTEA NOT NULL,
    "account_tail" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contract_household_pkey" PRIMARY KEY ("contract_id","household_id")
);

-- CreateTable
CREATE TABLE "declaration" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "entity_id" UUID NOT NULL,
    "contract_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "days" INTEGER NOT NULL,
    "distributable_fen" BIGINT NOT NULL,
    "period_end" DATE NOT NULL,
    "status" TEXT NOT NULL,
    "computing_job_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "lines" INTEGER NOT NULL DEFAULT 0,
    "base_fen" BIGINT NOT NULL DEFAULT 0,
    "second_fen" BIGINT NOT NULL DEFAULT 0,
    "total_fen" BIGINT NOT NULL DEFAULT 0,
    "submitted_by_id" TEXT,
    "submitted_by" TEXT,
    "submitted_at" TIMESTAMPTZ(6),
    "checked_by_id" TEXT,
    "checked_by" TEXT,
    "checked_at" TIMESTAMPTZ(6),
    "return_reason" TEXT,
    "notice_opened_at" TIMESTAMPTZ(6),
    "notice_days" INTEGER,
    "notice_closed_at" TIMESTAMPTZ(6),
    "notice_hash" TEXT,
    "notice_number" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "declaration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "declaration_objection" (
    "id" UUID NOT NULL,
    "declaration_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "receipt" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "raised_at" TIMESTAMPTZ(6) NOT NULL,
    "answered_at" TIMESTAMPTZ(6),
    "upheld" BOOLEAN,
    "answer" TEXT,
    "answered_by" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "declaration_objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dividend_line" (
    "id" UUID NOT NULL,
    "declaration_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "line_number" INTEGER NOT NULL,
    "household_id" UUID NOT NULL,
    "household_number" TEXT NOT NULL,
    "head_name" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "village_name" TEXT NOT NULL,
    "base_fen" BIGINT NOT NULL,
    "second_fen" BIGINT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "guaranteed_fen" BIGINT NOT NULL,
    "payable_fen" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "counts" BOOLEAN DEFAULT true,
    "bank_name" TEXT NOT NULL,
    "account_sealed" BYTEA NOT NULL,
    "account_tail" TEXT NOT NULL,
    "batch_id" UUID,
    "bank_reference" TEXT,
    "rejection" TEXT,
    "paid_on" DATE,
    "confirmed_fen" BIGINT,
    "confirmed_at" TIMESTAMPTZ(6),
    "replaces" INTEGER,
    "replaced_by" INTEGER,
    "recoverable_fen" BIGINT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dividend_line_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payment_batch" (
    "id" UUID NOT NULL,
    "declaration_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "total_fen" BIGINT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dividend_payment" (
    "line_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "batch_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "reference" TEXT NOT NULL,
    "paid_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dividend_payment_pkey" PRIMARY KEY ("line_id")
);

-- CreateTable
CREATE TABLE "bank_receipt" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file_sha256" TEXT NOT NULL,
    "paid" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "unchanged" INTEGER NOT NULL,
    "brought_by" TEXT NOT NULL,
    "brought_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bank_receipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dividend_correction" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "declaration_id" UUID NOT NULL,
    "line_id" UUID NOT NULL,
    "new_household_number" TEXT NOT NULL,
    "new_amount_fen" BIGINT NOT NULL,
    "reason" TEXT NOT NULL,
    "made_by_id" TEXT NOT NULL,
    "made_by" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(6) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'proposed',
    "checked_by" TEXT,
    "checked_at" TIMESTAMPTZ(6),
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dividend_correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issued_paper" (
    "number" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "village_code" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "lines" INTEGER NOT NULL,
    "total_fen" BIGINT NOT NULL,
    "issued_by" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issued_paper_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE INDEX "entity_county_code_name_id_idx" ON "entity"("county_code", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "entity_county_code_credit_code_key" ON "entity"("county_code", "credit_code");

-- CreateIndex
CREATE INDEX "contract_entity_id_idx" ON "contract"("entity_id");

-- CreateIndex
CREATE INDEX "contract_county_code_period_to_idx" ON "contract"("county_code", "period_to");

-- CreateIndex
CREATE UNIQUE INDEX "contract_county_code_number_key" ON "contract"("county_code", "number");

-- CreateIndex
CREATE INDEX "contract_household_contract_id_household_number_idx" ON "contract_household"("contract_id", "household_number");

-- CreateIndex
CREATE INDEX "contract_household_household_id_idx" ON "contract_household"("household_id");

-- CreateIndex
CREATE INDEX "contract_household_account_index_idx" ON "contract_household"("account_index");

-- CreateIndex
CREATE INDEX "declaration_entity_id_year_idx" ON "declaration"("entity_id", "year");

-- CreateIndex
CREATE INDEX "declaration_county_code_status_id_idx" ON "declaration"("county_code", "status", "id");

-- CreateIndex
CREATE UNIQUE INDEX "declaration_contract_id_year_key" ON "declaration"("contract_id", "year");

-- CreateIndex
CREATE UNIQUE INDEX "declaration_objection_receipt_key" ON "declaration_objection"("receipt");

-- CreateIndex
CREATE INDEX "declaration_objection_declaration_id_revision_id_idx" ON "declaration_objection"("declaration_id", "revision", "id");

-- CreateIndex
CREATE INDEX "dividend_line_declaration_id_state_idx" ON "dividend_line"("declaration_id", "state");

-- CreateIndex
CREATE INDEX "dividend_line_household_id_declaration_id_idx" ON "dividend_line"("household_id", "declaration_id");

-- CreateIndex
CREATE INDEX "dividend_line_batch_id_idx" ON "dividend_line"("batch_id");

-- CreateIndex
CREATE UNIQUE INDEX "dividend_line_declaration_id_line_number_key" ON "dividend_line"("declaration_id", "line_number");

-- CreateIndex
CREATE UNIQUE INDEX "dividend_line_declaration_id_household_id_counts_key" ON "dividend_line"("declaration_id", "household_id", "counts");

-- CreateIndex
CREATE INDEX "payment_batch_declaration_id_idx" ON "payment_batch"("declaration_id");

-- CreateIndex
CREATE UNIQUE INDEX "payment_batch_county_code_number_key" ON "payment_batch"("county_code", "number");

-- CreateIndex
CREATE INDEX "dividend_payment_household_id_idx" ON "dividend_payment"("household_id");

-- CreateIndex
CREATE UNIQUE INDEX "dividend_payment_batch_id_reference_key" ON "dividend_payment"("batch_id", "reference");

-- CreateIndex
CREATE INDEX "bank_receipt_batch_id_idx" ON "bank_receipt"("batch_id");

-- CreateIndex
CREATE INDEX "dividend_correction_declaration_id_id_idx" ON "dividend_correction"("declaration_id", "id");

-- CreateIndex
CREATE INDEX "dividend_correction_line_id_state_idx" ON "dividend_correction"("line_id", "state");

-- CreateIndex
CREATE INDEX "issued_paper_kind_subject_id_issued_at_idx" ON "issued_paper"("kind", "subject_id", "issued_at");
