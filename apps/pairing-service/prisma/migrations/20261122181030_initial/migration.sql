-- CreateTable
CREATE TABLE "region_copy" (
    "code" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parent_code" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "region_copy_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "unit" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "seat_code" TEXT NOT NULL,
    "village_codes" TEXT[],
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cadre" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "rank" TEXT NOT NULL,
    "quota" INTEGER,
    "phone_sealed" BYTEA,
    "phone_index" BYTEA,
    "home_village" TEXT,
    "relative_numbers" TEXT[],
    "username" TEXT,
    "active" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cadre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairing_policy" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pairing_policy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairing_link" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "open_for" UUID,
    "cadre_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_until" DATE,
    "reason" TEXT,
    "plan_id" UUID,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pairing_link_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairing_plan" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "region_code" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "job_id" UUID NOT NULL,
    "figures" JSONB,
    "maker_id" TEXT NOT NULL,
    "maker_name" TEXT NOT NULL,
    "approver_id" TEXT,
    "approver_name" TEXT,
    "created_at" TIMESTAMPTZ(6) NOT NULL,
    "approved_at" TIMESTAMPTZ(6),
    "applied_at" TIMESTAMPTZ(6),
    "applier_name" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pairing_plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan_placement" (
    "plan_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "cadre_id" UUID,
    "today_cadre_id" UUID,
    "reason" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_placement_pkey" PRIMARY KEY ("plan_id","household_id")
);

-- CreateTable
CREATE TABLE "photo" (
    "sha256" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "uploaded_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "photo_pkey" PRIMARY KEY ("sha256","account_id")
);

-- CreateTable
CREATE TABLE "visit" (
    "id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "household_id" UUID NOT NULL,
    "cadre_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(6) NOT NULL,
    "day" DATE NOT NULL,
    "people_met" TEXT[],
    "seen" TEXT NOT NULL,
    "needs" TEXT[],
    "position_sealed" BYTEA,
    "no_position_reason" TEXT,
    "acknowledged_how" TEXT NOT NULL,
    "acknowledged_by" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visit_photo" (
    "visit_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "visit_photo_pkey" PRIMARY KEY ("visit_id","position")
);

-- CreateIndex
CREATE INDEX "region_copy_county_code_level_name_idx" ON "region_copy"("county_code", "level", "name");

-- CreateIndex
CREATE INDEX "unit_county_code_seat_code_idx" ON "unit"("county_code", "seat_code");

-- CreateIndex
CREATE UNIQUE INDEX "unit_county_code_name_key" ON "unit"("county_code", "name");

-- CreateIndex
CREATE INDEX "cadre_unit_id_name_id_idx" ON "cadre"("unit_id", "name", "id");

-- CreateIndex
CREATE INDEX "cadre_county_code_name_id_idx" ON "cadre"("county_code", "name", "id");

-- CreateIndex
CREATE UNIQUE INDEX "cadre_county_code_phone_index_key" ON "cadre"("county_code", "phone_index");

-- CreateIndex
CREATE UNIQUE INDEX "cadre_county_code_username_key" ON "cadre"("county_code", "username");

-- CreateIndex
CREATE UNIQUE INDEX "pairing_policy_county_code_valid_from_key" ON "pairing_policy"("county_code", "valid_from");

-- CreateIndex
CREATE UNIQUE INDEX "pairing_link_open_for_key" ON "pairing_link"("open_for");

-- CreateIndex
CREATE INDEX "pairing_link_household_id_valid_from_idx" ON "pairing_link"("household_id", "valid_from");

-- CreateIndex
CREATE INDEX "pairing_link_cadre_id_open_for_idx" ON "pairing_link"("cadre_id", "open_for");

-- CreateIndex
CREATE INDEX "pairing_link_unit_id_open_for_idx" ON "pairing_link"("unit_id", "open_for");

-- CreateIndex
CREATE INDEX "pairing_plan_county_code_id_idx" ON "pairing_plan"("county_code", "id");

-- CreateIndex
CREATE UNIQUE INDEX "plan_placement_plan_id_position_key" ON "plan_placement"("plan_id", "position");

-- CreateIndex
CREATE INDEX "visit_household_id_day_idx" ON "visit"("household_id", "day");

-- CreateIndex
CREATE INDEX "visit_cadre_id_at_idx" ON "visit"("cadre_id", "at");

-- CreateIndex
CREATE INDEX "visit_county_code_at_idx" ON "visit"("county_code", "at");

-- CreateIndex
CREATE UNIQUE INDEX "visit_photo_visit_id_sha256_key" ON "visit_photo"("visit_id", "sha256");

-- AddForeignKey
ALTER TABLE "cadre" ADD CONSTRAINT "cadre_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pairing_link" ADD CONSTRAINT "pairing_link_cadre_id_fkey" FOREIGN KEY ("cadre_id") REFERENCES "cadre"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan_placement" ADD CONSTRAINT "plan_placement_plan_id_fkey" FOREIGN KEY ("plan_id") REFERENCES "pairing_plan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit_photo" ADD CONSTRAINT "visit_photo_visit_id_fkey" FOREIGN KEY ("visit_id") REFERENCES "visit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
