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
