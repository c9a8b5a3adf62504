-- CreateTable
CREATE TABLE "sign_in_pace" (
    "key" TEXT NOT NULL,
    "county_code" TEXT NOT NULL,
    "taken" INTEGER NOT NULL,
    "window_ends_at" TIMESTAMPTZ(6) NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_pace_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sign_in_address" (
    "name_key" TEXT NOT NULL,
    "address_key" TEXT NOT NULL,
    "account_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_address_pkey" PRIMARY KEY ("name_key","address_key")
);

-- CreateIndex
CREATE INDEX "sign_in_pace_window_ends_at_idx" ON "sign_in_pace"("window_ends_at");

-- CreateIndex
CREATE INDEX "sign_in_address_account_id_last_at_idx" ON "sign_in_address"("account_id", "last_at");

-- AddForeignKey
ALTER TABLE "sign_in_address" ADD CONSTRAINT "sign_in_address_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
