-- DropIndex
DROP INDEX "person_county_code_name_idx";

-- A name is found by any writing of it: the expression is `nameKeySql` of @bangfu/domain/shared/normalise.
CREATE INDEX "person_county_code_name_key_idx" ON "person"
  ("county_code", (translate(normalize("name", NFKC), E'.•‧・･∙⋅ \t\r\n', '·······')) text_pattern_ops);
