-- From which day a state holds. Until now a state held from the day it was recorded.
ALTER TABLE "household" ADD COLUMN "valid_from" DATE;
UPDATE "household" SET "valid_from" = ("changed_at" AT TIME ZONE 'Asia/Shanghai')::date;
ALTER TABLE "household" ALTER COLUMN "valid_from" SET NOT NULL;

ALTER TABLE "household_history" ADD COLUMN "valid_from" DATE;
UPDATE "household_history" SET "valid_from" = ("changed_at" AT TIME ZONE 'Asia/Shanghai')::date;
ALTER TABLE "household_history" ALTER COLUMN "valid_from" SET NOT NULL;

-- The day that a file describes. Until now it was the day it was brought.
ALTER TABLE "roster_import" ADD COLUMN "as_of" DATE;
UPDATE "roster_import" SET "as_of" = ("created_at" AT TIME ZONE 'Asia/Shanghai')::date;
ALTER TABLE "roster_import" ALTER COLUMN "as_of" SET NOT NULL;

CREATE TABLE "import_confirmation" (
    "import_id" UUID NOT NULL,
    "household_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_confirmation_pkey" PRIMARY KEY ("household_id","day","import_id")
);
