CREATE TABLE `known_browsers` (
	`account_id` text NOT NULL,
	`hash` text NOT NULL,
	`signed_in_at` integer NOT NULL,
	CONSTRAINT `known_browsers_pk` PRIMARY KEY(`account_id`, `hash`),
	CONSTRAINT `fk_known_browsers_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
ALTER TABLE `auth_sessions` ADD `last_seen_at` integer;--> statement-breakpoint
CREATE INDEX `known_browsers_old` ON `known_browsers` (`signed_in_at`);