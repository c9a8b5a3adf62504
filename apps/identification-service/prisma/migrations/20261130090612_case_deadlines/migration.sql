-- CreateIndex
CREATE INDEX "case_file_status_due_idx" ON "case_file"("status", "due");

-- A case keeps since when its step is due: since the last event that led to another step.
UPDATE "case_file" c SET "state" = c."state" || jsonb_build_object('since', s."at")
FROM (
  SELECT e."case_id", max(e."event"->>'at') AS "at" FROM "case_event" e
  WHERE e."event"->>'type' NOT IN ('noticeOpened', 'objectionFiled')
    AND NOT (e."event"->>'type' = 'objectionAnswered' AND e."event"->>'outcome' = 'dismissed')
  GROUP BY e."case_id"
) s
WHERE s."case_id" = c."id";

-- Open cases get their deadline by the days of the policy shipped with this version. The service computes all later ones.
UPDATE "case_file" c SET "due" = CASE
    WHEN c."status" <> 'open' THEN NULL
    WHEN c."state"->'notice' <> 'null'::jsonb AND c."notice_closable_from" IS NOT NULL
      THEN (c."notice_closable_from" AT TIME ZONE 'Asia/Shanghai')::date + 3
    WHEN c."state"->'notice' <> 'null'::jsonb
      THEN ((c."state"->'notice'->'clock'->'stops'->-1->>'from')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date + 7
    ELSE ((c."state"->>'since')::timestamptz AT TIME ZONE 'Asia/Shanghai')::date + CASE c."step"
      WHEN 'survey' THEN 15 WHEN 'application' THEN 10 WHEN 'appraisal' THEN 15 WHEN 'village-notice' THEN 3
      WHEN 'verification' THEN 10 WHEN 'township-notice' THEN 3 WHEN 'township-approval' THEN 5
      WHEN 'county-approval' THEN 10 ELSE 5 END
  END;
