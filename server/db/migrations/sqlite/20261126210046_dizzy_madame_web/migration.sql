CREATE TABLE `counters` (
	`scope` text NOT NULL,
	`counted` text NOT NULL,
	`kind` text NOT NULL,
	`count` integer NOT NULL,
	CONSTRAINT `counters_pk` PRIMARY KEY(`scope`, `counted`, `kind`)
);
--> statement-breakpoint
ALTER TABLE `devices` ADD `search_key` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `devices_offline` ON `devices` (`company_id`,`removed_at`,`enrolled_at`,`id`) WHERE not "devices"."online";--> statement-breakpoint
CREATE INDEX `devices_offline_name` ON `devices` (`company_id`,`removed_at`,`name`,`id`) WHERE not "devices"."online";--> statement-breakpoint
CREATE INDEX `events_concept` ON `events` (`stream`,`concept`,`number`);--> statement-breakpoint
CREATE INDEX `events_change` ON `events` (`stream`,`change`,`number`);--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`stream`,`subject`,`number`);--> statement-breakpoint
CREATE INDEX `events_actor` ON `events` (`stream`,("actor" ->> 'id'),`number`);