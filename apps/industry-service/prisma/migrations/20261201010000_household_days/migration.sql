-- The dividend years of a contract: calendar years, as all were so far, or years from its own first day.
ALTER TABLE "contract" ADD COLUMN "dividend_year" TEXT NOT NULL DEFAULT 'calendar',
  ADD COLUMN "ended_on" DATE;

-- The guarantee runs over the own days of each household. Empty means as long as the contract runs, as for all so far.
ALTER TABLE "contract_household" ADD COLUMN "joins_on" DATE,
  ADD COLUMN "leaves_on" DATE;

-- A declaration belongs to a dividend year of its contract, from a day to a day.
ALTER TABLE "declaration" ADD COLUMN "period_from" DATE;
UPDATE "declaration" d SET "period_from" = greatest(c."period_from", make_date(d."year", 1, 1))
  FROM "contract" c WHERE c."id" = d."contract_id";
ALTER TABLE "declaration" ALTER COLUMN "period_from" SET NOT NULL;
DROP INDEX "declaration_contract_id_year_live_key";
CREATE UNIQUE INDEX "declaration_contract_id_period_from_live_key" ON "declaration"("contract_id", "period_from", "live");

-- A contract that ends within a year ends its dividend year, the declaration is due from that day on.
UPDATE "declaration" d SET "period_end" = least(d."period_end", c."period_to")
  FROM "contract" c WHERE c."id" = d."contract_id" AND c."period_to" >= d."period_from";
