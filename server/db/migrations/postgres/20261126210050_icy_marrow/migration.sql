CREATE TABLE "counters" (
	"scope" text,
	"counted" text,
	"kind" text,
	"count" bigint NOT NULL,
	CONSTRAINT "counters_pkey" PRIMARY KEY("scope","counted","kind")
);
--> statement-breakpoint
ALTER TABLE "devices" ADD COLUMN "search_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "devices_offline" ON "devices" ("company_id","removed_at","enrolled_at","id") WHERE not "online";--> statement-breakpoint
CREATE INDEX "devices_offline_name" ON "devices" ("company_id","removed_at","name","id") WHERE not "online";--> statement-breakpoint
CREATE INDEX "events_concept" ON "events" ("stream","concept","number");--> statement-breakpoint
CREATE INDEX "events_change" ON "events" ("stream","change","number");--> statement-breakpoint
CREATE INDEX "events_subject" ON "events" ("stream","subject","number");--> statement-breakpoint
CREATE INDEX "events_actor" ON "events" ("stream",("actor" ->> 'id'),"number");