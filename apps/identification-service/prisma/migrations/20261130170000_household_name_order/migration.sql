-- The register sorted by the heads' names, by pinyin: `byPerson` of @bangfu/platform/db/list-order. What the list is
-- sorted by beside it is put in order within the page's scope about as fast as its rows are counted.
CREATE INDEX "household_head_name_pinyin_idx" ON "household" ("head_name" COLLATE "zh-x-icu");
