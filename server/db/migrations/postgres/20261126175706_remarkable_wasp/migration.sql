CREATE INDEX "devices_online" ON "devices" ("company_id","removed_at","enrolled_at","id") WHERE "online";--> statement-breakpoint
CREATE INDEX "devices_online_name" ON "devices" ("company_id","removed_at","name","id") WHERE "online";--> statement-breakpoint
CREATE INDEX "service_activations_listed" ON "service_activations" ("company_id","service","id");