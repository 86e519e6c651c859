-- How many rows there are of each kind (server/db/tables/counters.ts), kept in the transactions that write them.
CREATE FUNCTION "count_rows"("of" text, "what" text, "which" text, "more" integer) RETURNS void LANGUAGE sql AS $$
  INSERT INTO "counters" ("scope", "counted", "kind", "count") VALUES ("of", "what", "which", "more")
  ON CONFLICT ("scope", "counted", "kind") DO UPDATE SET "count" = "counters"."count" + excluded."count";
$$;--> statement-breakpoint
CREATE FUNCTION "devices_count"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN IF old."online" AND old."company_id" IS NOT NULL AND old."removed_at" IS NULL THEN PERFORM count_rows(old."company_id", 'ONLINE_DEVICES', '', -1); END IF; END IF;
  IF TG_OP <> 'DELETE' THEN IF new."online" AND new."company_id" IS NOT NULL AND new."removed_at" IS NULL THEN PERFORM count_rows(new."company_id", 'ONLINE_DEVICES', '', 1); END IF; END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "devices_counted" AFTER INSERT OR DELETE ON "devices" FOR EACH ROW EXECUTE FUNCTION "devices_count"();--> statement-breakpoint
CREATE TRIGGER "devices_counted_anew" AFTER UPDATE OF "online", "company_id", "removed_at" ON "devices" FOR EACH ROW
WHEN (old."online" IS DISTINCT FROM new."online" OR old."company_id" IS DISTINCT FROM new."company_id" OR old."removed_at" IS DISTINCT FROM new."removed_at") EXECUTE FUNCTION "devices_count"();--> statement-breakpoint
INSERT INTO "counters" ("scope", "counted", "kind", "count")
  SELECT r."company_id", 'ONLINE_DEVICES', '', count(*) FROM "devices" r WHERE r."online" AND r."company_id" IS NOT NULL AND r."removed_at" IS NULL GROUP BY 1, 3;--> statement-breakpoint
CREATE FUNCTION "device_group_members_count"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_rows(old."group_id", 'GROUPED_DEVICES', '', -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM count_rows(new."group_id", 'GROUPED_DEVICES', '', 1); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "device_group_members_counted" AFTER INSERT OR DELETE ON "device_group_members" FOR EACH ROW EXECUTE FUNCTION "device_group_members_count"();--> statement-breakpoint
CREATE TRIGGER "device_group_members_counted_anew" AFTER UPDATE OF "group_id" ON "device_group_members" FOR EACH ROW
WHEN (old."group_id" IS DISTINCT FROM new."group_id") EXECUTE FUNCTION "device_group_members_count"();--> statement-breakpoint
INSERT INTO "counters" ("scope", "counted", "kind", "count")
  SELECT r."group_id", 'GROUPED_DEVICES', '', count(*) FROM "device_group_members" r WHERE true GROUP BY 1, 3;--> statement-breakpoint
CREATE FUNCTION "alerts_count"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_rows(old."company_id", 'ALERTS', old."service" || '/' || old."state" || '/' || old."kind" || '/' || old."severity", -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM count_rows(new."company_id", 'ALERTS', new."service" || '/' || new."state" || '/' || new."kind" || '/' || new."severity", 1); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "alerts_counted" AFTER INSERT OR DELETE ON "alerts" FOR EACH ROW EXECUTE FUNCTION "alerts_count"();--> statement-breakpoint
CREATE TRIGGER "alerts_counted_anew" AFTER UPDATE OF "company_id", "service", "state", "kind", "severity" ON "alerts" FOR EACH ROW
WHEN (old."company_id" IS DISTINCT FROM new."company_id" OR old."service" IS DISTINCT FROM new."service" OR old."state" IS DISTINCT FROM new."state" OR old."kind" IS DISTINCT FROM new."kind" OR old."severity" IS DISTINCT FROM new."severity") EXECUTE FUNCTION "alerts_count"();--> statement-breakpoint
INSERT INTO "counters" ("scope", "counted", "kind", "count")
  SELECT r."company_id", 'ALERTS', r."service" || '/' || r."state" || '/' || r."kind" || '/' || r."severity", count(*) FROM "alerts" r WHERE true GROUP BY 1, 3;--> statement-breakpoint
CREATE FUNCTION "service_activations_count"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM count_rows(old."company_id", 'ACTIVATIONS', old."service" || '/' || old."state", -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM count_rows(new."company_id", 'ACTIVATIONS', new."service" || '/' || new."state", 1); END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "service_activations_counted" AFTER INSERT OR DELETE ON "service_activations" FOR EACH ROW EXECUTE FUNCTION "service_activations_count"();--> statement-breakpoint
CREATE TRIGGER "service_activations_counted_anew" AFTER UPDATE OF "company_id", "service", "state" ON "service_activations" FOR EACH ROW
WHEN (old."company_id" IS DISTINCT FROM new."company_id" OR old."service" IS DISTINCT FROM new."service" OR old."state" IS DISTINCT FROM new."state") EXECUTE FUNCTION "service_activations_count"();--> statement-breakpoint
INSERT INTO "counters" ("scope", "counted", "kind", "count")
  SELECT r."company_id", 'ACTIVATIONS', r."service" || '/' || r."state", count(*) FROM "service_activations" r WHERE true GROUP BY 1, 3;--> statement-breakpoint
CREATE FUNCTION "events_count"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP <> 'INSERT' THEN IF old."stream" LIKE 'company:%' THEN PERFORM count_rows(old."stream", 'EVENTS', old."concept" || '/' || old."change", -1); END IF; END IF;
  IF TG_OP <> 'DELETE' THEN IF new."stream" LIKE 'company:%' THEN PERFORM count_rows(new."stream", 'EVENTS', new."concept" || '/' || new."change", 1); END IF; END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "events_counted" AFTER INSERT OR DELETE ON "events" FOR EACH ROW EXECUTE FUNCTION "events_count"();--> statement-breakpoint
INSERT INTO "counters" ("scope", "counted", "kind", "count")
  SELECT r."stream", 'EVENTS', r."concept" || '/' || r."change", count(*) FROM "events" r WHERE r."stream" LIKE 'company:%' GROUP BY 1, 3;
