DROP INDEX "devices_company";--> statement-breakpoint
DROP INDEX "devices_company_name";--> statement-breakpoint
DROP INDEX "devices_account";--> statement-breakpoint
DROP INDEX "devices_online";--> statement-breakpoint
DROP INDEX "devices_online_name";--> statement-breakpoint
DROP INDEX "devices_offline";--> statement-breakpoint
DROP INDEX "devices_offline_name";--> statement-breakpoint
CREATE INDEX "alerts_company_severity" ON "alerts" ("company_id","severity","last_raised_at","id");--> statement-breakpoint
CREATE INDEX "alerts_company_kind" ON "alerts" ("company_id","kind","last_raised_at","id");--> statement-breakpoint
CREATE INDEX "devices_added" ON "devices" ("company_id","enrolled_at","id") WHERE "removed_at" is null;--> statement-breakpoint
CREATE INDEX "devices_name" ON "devices" ("company_id","name","id") WHERE "removed_at" is null;--> statement-breakpoint
CREATE INDEX "online_devices_added" ON "devices" ("company_id","enrolled_at","id") WHERE "removed_at" is null and "online";--> statement-breakpoint
CREATE INDEX "online_devices_name" ON "devices" ("company_id","name","id") WHERE "removed_at" is null and "online";--> statement-breakpoint
CREATE INDEX "offline_devices_added" ON "devices" ("company_id","enrolled_at","id") WHERE "removed_at" is null and not "online";--> statement-breakpoint
CREATE INDEX "offline_devices_name" ON "devices" ("company_id","name","id") WHERE "removed_at" is null and not "online";--> statement-breakpoint
CREATE INDEX "devices_of_account" ON "devices" ("account_id","id") WHERE "removed_at" is null;--> statement-breakpoint
CREATE INDEX "service_activations_assigned" ON "service_activations" ("assigned_account_id","company_id","service","id") WHERE "assigned_account_id" is not null;