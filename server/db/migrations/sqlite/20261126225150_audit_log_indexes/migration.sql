DROP INDEX IF EXISTS `events_concept`;--> statement-breakpoint
DROP INDEX IF EXISTS `events_change`;--> statement-breakpoint
DROP INDEX IF EXISTS `events_subject`;--> statement-breakpoint
DROP INDEX IF EXISTS `events_actor`;--> statement-breakpoint
CREATE INDEX `audit_log_concept` ON `events` (`stream`,`concept`,`number`) WHERE (stream like 'account:%' or stream like 'company:%' or stream = 'operator');--> statement-breakpoint
CREATE INDEX `audit_log_change` ON `events` (`stream`,`change`,`number`) WHERE (stream like 'account:%' or stream like 'company:%' or stream = 'operator');--> statement-breakpoint
CREATE INDEX `audit_log_subject` ON `events` (`stream`,`subject`,`number`) WHERE (stream like 'account:%' or stream like 'company:%' or stream = 'operator');--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `events` (`stream`,("actor" ->> 'id'),`number`) WHERE (stream like 'account:%' or stream like 'company:%' or stream = 'operator');