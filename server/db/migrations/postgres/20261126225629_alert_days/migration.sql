DROP INDEX "alerts_raised";--> statement-breakpoint
-- How many alerts were raised first on each day, by service and severity (server/db/tables/counters.ts): as all other counters.
CREATE FUNCTION "alerts_count_by_day"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_rows(old."company_id" || '/' || (old."raised_at" / 86400000), 'ALERT_DAYS', old."service" || '/' || old."severity", -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM count_rows(new."company_id" || '/' || (new."raised_at" / 86400000), 'ALERT_DAYS', new."service" || '/' || new."severity", 1); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "alerts_counted_by_day" AFTER INSERT OR DELETE ON "alerts" FOR EACH ROW EXECUTE FUNCTION "alerts_count_by_day"();--> statement-breakpoint
CREATE TRIGGER "alerts_counted_by_day_anew" AFTER UPDATE OF "company_id", "raised_at", "service", "severity" ON "alerts" FOR EACH ROW
WHEN (old."company_id" IS DISTINCT FROM new."company_id" OR old."raised_at" IS DISTINCT FROM new."raised_at" OR old."service" IS DISTINCT FROM new."service" OR old."severity" IS DISTINCT FROM new."severity") EXECUTE FUNCTION "alerts_count_by_day"();--> statement-breakpoint
INSERT INTO "counters" ("scope", "counted", "kind", "count")
  SELECT r."company_id" || '/' || (r."raised_at" / 86400000), 'ALERT_DAYS', r."service" || '/' || r."severity", count(*) FROM "alerts" r WHERE true GROUP BY 1, 3;
