-- The words of the day a certificate was issued. Those issued before take the words of today, the nearest that are known.
ALTER TABLE "certificate" ADD COLUMN     "begins" DATE,
ADD COLUMN     "class_name" TEXT,
ADD COLUMN     "course_id" UUID,
ADD COLUMN     "course_name" TEXT,
ADD COLUMN     "ends" DATE,
ADD COLUMN     "household_number" TEXT,
ADD COLUMN     "lessons" INTEGER,
ADD COLUMN     "person_name" TEXT,
ADD COLUMN     "provider_name" TEXT,
ADD COLUMN     "township_name" TEXT,
ADD COLUMN     "village_name" TEXT;

UPDATE "certificate" t SET "course_id" = k."id", "course_name" = k."name", "lessons" = k."lessons", "class_name" = c."name",
  "provider_name" = p."name", "begins" = c."begins", "ends" = c."ends", "person_name" = e."person_name",
  "household_number" = e."household_number", "village_name" = e."village_name", "township_name" = e."township_name"
FROM "enrolment" e, "training_class" c, "course" k, "provider" p
WHERE e."id" = t."enrolment_id" AND c."id" = t."class_id" AND k."id" = c."course_id" AND p."id" = c."provider_id";

ALTER TABLE "certificate" ALTER COLUMN "begins" SET NOT NULL,
ALTER COLUMN "class_name" SET NOT NULL,
ALTER COLUMN "course_id" SET NOT NULL,
ALTER COLUMN "course_name" SET NOT NULL,
ALTER COLUMN "ends" SET NOT NULL,
ALTER COLUMN "household_number" SET NOT NULL,
ALTER COLUMN "lessons" SET NOT NULL,
ALTER COLUMN "person_name" SET NOT NULL,
ALTER COLUMN "provider_name" SET NOT NULL,
ALTER COLUMN "township_name" SET NOT NULL,
ALTER COLUMN "village_name" SET NOT NULL;

-- CreateIndex
CREATE INDEX "certificate_person_id_course_id_idx" ON "certificate"("person_id", "course_id");

-- CreateTable
CREATE TABLE "satisfaction_answer" (
    "enrolment_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "given_by" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "satisfaction_answer_pkey" PRIMARY KEY ("enrolment_id")
);

-- CreateTable
CREATE TABLE "satisfaction_slip" (
    "enrolment_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "code_index" BYTEA NOT NULL,
    "code_sealed" BYTEA NOT NULL,
    "printed_at" TIMESTAMPTZ(6) NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "satisfaction_slip_pkey" PRIMARY KEY ("enrolment_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "satisfaction_slip_code_index_key" ON "satisfaction_slip"("code_index");

-- AddForeignKey
ALTER TABLE "satisfaction_answer" ADD CONSTRAINT "satisfaction_answer_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "satisfaction_slip" ADD CONSTRAINT "satisfaction_slip_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
