-- CreateTable
CREATE TABLE "case_file" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "open_household_id" UUID,
    "village_code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "step" TEXT,
    "opened_on" DATE NOT NULL,
    "due" DATE,
    "notice_id" UUID,
    "notice_closable_from" TIMESTAMPTZ(6),
    "state" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "changed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "case_event" (
    "case_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_event_pkey" PRIMARY KEY ("case_id","position")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "serial" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(6) NOT NULL,
    "opened_on" DATE NOT NULL,
    "full_days" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "content_hash" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_case" (
    "notice_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "case_id" UUID NOT NULL,
    "village_code" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_case_pkey" PRIMARY KEY ("notice_id","position")
);

-- CreateTable
CREATE TABLE "notice_status" (
    "notice_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notice_status_pkey" PRIMARY KEY ("notice_id","position")
);

-- CreateTable
CREATE TABLE "objection" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "notice_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "receipt" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "name_sealed" BYTEA,
    "phone_sealed" BYTEA,
    "filed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "objection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "objection_answer" (
    "objection_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(6) NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "objection_answer_pkey" PRIMARY KEY ("objection_id")
);

-- CreateTable
CREATE TABLE "income_evidence" (
    "source_service" TEXT NOT NULL,
    "source_id" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "item" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "payer" TEXT NOT NULL,
    "evidenced_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "income_evidence_pkey" PRIMARY KEY ("source_service","source_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "case_file_open_household_id_key" ON "case_file"("open_household_id");

-- CreateIndex
CREATE INDEX "case_file_village_code_status_step_idx" ON "case_file"("village_code", "status", "step");

-- CreateIndex
CREATE INDEX "case_file_status_step_id_idx" ON "case_file"("status", "step", "id");

-- CreateIndex
CREATE INDEX "case_file_household_id_idx" ON "case_file"("household_id");

-- CreateIndex
CREATE INDEX "case_file_notice_id_idx" ON "case_file"("notice_id");

-- CreateIndex
CREATE INDEX "notice_region_code_id_idx" ON "notice"("region_code", "id");

-- CreateIndex
CREATE INDEX "notice_content_hash_idx" ON "notice"("content_hash");

-- CreateIndex
CREATE UNIQUE INDEX "notice_county_code_year_serial_key" ON "notice"("county_code", "year", "serial");

-- CreateIndex
CREATE INDEX "notice_case_case_id_idx" ON "notice_case"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "objection_receipt_key" ON "objection"("receipt");

-- CreateIndex
CREATE INDEX "objection_case_id_idx" ON "objection"("case_id");

-- CreateIndex
CREATE INDEX "objection_notice_id_idx" ON "objection"("notice_id");

-- CreateIndex
CREATE INDEX "income_evidence_household_id_year_idx" ON "income_evidence"("household_id", "year");

-- AddForeignKey
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_household_id_fkey" FOREIGN KEY ("household_id") REFERENCES "household"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_case" ADD CONSTRAINT "notice_case_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_status" ADD CONSTRAINT "notice_status_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objection" ADD CONSTRAINT "objection_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "objection_answer" ADD CONSTRAINT "objection_answer_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "objection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
