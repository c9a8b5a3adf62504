-- A declaration is posted village by village, each edition with notices of its own.
CREATE TABLE "declaration_notice" (
    "id" UUID NOT NULL,
    "declaration_id" UUID NOT NULL,
    "county_code" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "village_code" TEXT NOT NULL,
    "village_name" TEXT NOT NULL,
    "households" INTEGER NOT NULL,
    "total_fen" BIGINT NOT NULL,
    "opened_at" TIMESTAMPTZ(6),
    "opened_by" TEXT,
    "required_days" INTEGER,
    "closed_at" TIMESTAMPTZ(6),
    "closed_by" TEXT,
    "content_hash" TEXT,
    "number" TEXT,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "declaration_notice_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "declaration_notice_declaration_id_revision_village_code_key" ON "declaration_notice"("declaration_id", "revision", "village_code");
CREATE UNIQUE INDEX "declaration_notice_number_key" ON "declaration_notice"("number");

-- The list as it was posted. It stays when the declaration is drafted anew.
CREATE TABLE "posted_line" (
    "notice_id" UUID NOT NULL,
    "line_number" INTEGER NOT NULL,
    "county_code" TEXT NOT NULL,
    "head_name" TEXT NOT NULL,
    "village_code" TEXT NOT NULL,
    "village_name" TEXT NOT NULL,
    "base_fen" BIGINT NOT NULL,
    "second_fen" BIGINT NOT NULL,
    "amount_fen" BIGINT NOT NULL,
    "recorded_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "posted_line_pkey" PRIMARY KEY ("notice_id", "line_number")
);

-- Every notice so far was one for all villages. It keeps its number and its hash, and the address it was found at.
INSERT INTO "declaration_notice" ("id", "declaration_id", "county_code", "revision", "village_code", "village_name",
    "households", "total_fen", "opened_at", "opened_by", "required_days", "closed_at", "content_hash", "number")
SELECT CASE WHEN p."number" = d."notice_number" THEN d."id" ELSE uuidv7() END, d."id", d."county_code",
    (p."content"->>'revision')::int, '', '全部村', p."lines", p."total_fen", p."issued_at", p."issued_by",
    coalesce(d."notice_days", 7), CASE WHEN p."number" = d."notice_number" THEN d."notice_closed_at" END,
    p."content_hash", p."number"
FROM "issued_paper" p JOIN "declaration" d ON d."id" = p."subject_id"
WHERE p."kind" = 'dividend-list' AND p."content"->>'revision' IS NOT NULL
ON CONFLICT DO NOTHING;

-- What is posted now is kept as it is. Of earlier editions the list was not kept.
INSERT INTO "posted_line" ("notice_id", "line_number", "county_code", "head_name", "village_code", "village_name",
    "base_fen", "second_fen", "amount_fen")
SELECT n."id", l."line_number", l."county_code", l."head_name", l."village_code", l."village_name", l."base_fen",
    l."second_fen", l."amount_fen"
FROM "declaration_notice" n JOIN "declaration" d ON d."notice_number" = n."number" AND d."revision" = n."revision"
JOIN "dividend_line" l ON l."declaration_id" = d."id" AND l."replaces" IS NULL;

-- A declaration that was passed and waits to be posted is posted in each of its villages.
INSERT INTO "declaration_notice" ("id", "declaration_id", "county_code", "revision", "village_code", "village_name",
    "households", "total_fen")
SELECT uuidv7(), d."id", d."county_code", d."revision", l."village_code", max(l."village_name"), count(*)::int,
    sum(l."amount_fen")::bigint
FROM "declaration" d JOIN "dividend_line" l ON l."declaration_id" = d."id" WHERE d."status" = 'checked'
GROUP BY d."id", l."village_code";

-- An objection is said against the notice of one village.
ALTER TABLE "declaration_objection" ADD COLUMN "notice_id" UUID;
UPDATE "declaration_objection" o SET "notice_id" = n."id" FROM "declaration_notice" n
  WHERE n."declaration_id" = o."declaration_id" AND n."revision" = o."revision" AND n."village_code" = '';
DROP INDEX "declaration_objection_declaration_id_revision_id_idx";
CREATE INDEX "declaration_objection_notice_id_id_idx" ON "declaration_objection"("notice_id", "id");
