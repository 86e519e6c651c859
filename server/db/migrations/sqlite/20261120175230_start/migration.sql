CREATE TABLE `accounts` (
	`id` text PRIMARY KEY,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`name` text NOT NULL,
	`password_hash` text NOT NULL,
	`language` text NOT NULL,
	`eula_version` text NOT NULL,
	`eula_accepted_at` integer NOT NULL,
	`verified_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `alert_mailings` (
	`account_id` text PRIMARY KEY,
	`wish` text NOT NULL,
	`due_at` integer,
	`since` integer,
	`mailed_at` integer,
	CONSTRAINT `fk_alert_mailings_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE `alerts` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`device_id` text NOT NULL,
	`service` text NOT NULL,
	`subject` text NOT NULL,
	`open_key` text UNIQUE,
	`severity` text NOT NULL,
	`kind` text NOT NULL,
	`message` text NOT NULL,
	`measurements` text,
	`state` text NOT NULL,
	`occurrences` integer DEFAULT 1 NOT NULL,
	`raised_at` integer NOT NULL,
	`last_raised_at` integer NOT NULL,
	`acknowledged_by` text,
	`acknowledged_at` integer,
	`resolved_at` integer,
	CONSTRAINT `fk_alerts_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`),
	CONSTRAINT `fk_alerts_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_alerts_acknowledged_by_accounts_id_fk` FOREIGN KEY (`acknowledged_by`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY,
	`hash` text NOT NULL UNIQUE,
	`account_id` text NOT NULL,
	`name` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	CONSTRAINT `fk_api_tokens_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE `auth_sessions` (
	`id` text PRIMARY KEY,
	`public_id` text NOT NULL UNIQUE,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`address` text NOT NULL,
	`user_agent` text NOT NULL,
	CONSTRAINT `fk_auth_sessions_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE `backup_snapshots` (
	`id` text PRIMARY KEY,
	`activation_id` text NOT NULL,
	`device_id` text NOT NULL,
	`account_id` text NOT NULL,
	`reference` text NOT NULL,
	`taken_at` integer NOT NULL,
	`files` integer NOT NULL,
	`bytes` integer NOT NULL,
	`added_bytes` integer NOT NULL,
	`verified_at` integer,
	`pruned_at` integer,
	CONSTRAINT `fk_backup_snapshots_activation_id_service_activations_id_fk` FOREIGN KEY (`activation_id`) REFERENCES `service_activations`(`id`),
	CONSTRAINT `fk_backup_snapshots_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_backup_snapshots_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `restore_requests` (
	`id` text PRIMARY KEY,
	`snapshot_id` text NOT NULL,
	`device_id` text NOT NULL,
	`requested_by` text NOT NULL,
	`paths` text NOT NULL,
	`state` text NOT NULL,
	`restored_files` integer,
	`failure` text,
	`requested_at` integer NOT NULL,
	`settled_at` integer,
	CONSTRAINT `fk_restore_requests_snapshot_id_backup_snapshots_id_fk` FOREIGN KEY (`snapshot_id`) REFERENCES `backup_snapshots`(`id`),
	CONSTRAINT `fk_restore_requests_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_restore_requests_requested_by_accounts_id_fk` FOREIGN KEY (`requested_by`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `spent_captchas` (
	`signature` text PRIMARY KEY,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `companies` (
	`id` text PRIMARY KEY,
	`name` text NOT NULL,
	`namespace` text NOT NULL UNIQUE,
	`device_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `member_invitations` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`role_ids` text NOT NULL,
	`hash` text NOT NULL UNIQUE,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	CONSTRAINT `fk_member_invitations_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`),
	CONSTRAINT `fk_member_invitations_invited_by_accounts_id_fk` FOREIGN KEY (`invited_by`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`account_id` text NOT NULL UNIQUE,
	`joined_at` integer NOT NULL,
	CONSTRAINT `fk_members_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`),
	CONSTRAINT `fk_members_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `address_book_entries` (
	`id` text PRIMARY KEY,
	`book_id` text NOT NULL,
	`device_id` text NOT NULL,
	`label` text,
	`tags` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_address_book_entries_book_id_address_books_id_fk` FOREIGN KEY (`book_id`) REFERENCES `address_books`(`id`) ON DELETE CASCADE,
	CONSTRAINT `fk_address_book_entries_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `address_books` (
	`id` text PRIMARY KEY,
	`owner_id` text NOT NULL,
	`company_id` text,
	`shared` integer DEFAULT false NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_address_books_owner_id_accounts_id_fk` FOREIGN KEY (`owner_id`) REFERENCES `accounts`(`id`),
	CONSTRAINT `fk_address_books_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`)
);
--> statement-breakpoint
CREATE TABLE `discoveries` (
	`device_id` text NOT NULL,
	`seen_device_id` text NOT NULL,
	`seen_at` integer NOT NULL,
	CONSTRAINT `discoveries_pk` PRIMARY KEY(`device_id`, `seen_device_id`),
	CONSTRAINT `fk_discoveries_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_discoveries_seen_device_id_devices_id_fk` FOREIGN KEY (`seen_device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `favourites` (
	`account_id` text NOT NULL,
	`device_id` text NOT NULL,
	`added_at` integer NOT NULL,
	CONSTRAINT `favourites_pk` PRIMARY KEY(`account_id`, `device_id`),
	CONSTRAINT `fk_favourites_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE,
	CONSTRAINT `fk_favourites_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `device_connections` (
	`id` text PRIMARY KEY,
	`device_id` text NOT NULL,
	`node_id` text NOT NULL,
	`opened_at` integer NOT NULL,
	CONSTRAINT `fk_device_connections_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `device_group_members` (
	`group_id` text NOT NULL,
	`device_id` text NOT NULL,
	CONSTRAINT `device_group_members_pk` PRIMARY KEY(`group_id`, `device_id`),
	CONSTRAINT `fk_device_group_members_group_id_device_groups_id_fk` FOREIGN KEY (`group_id`) REFERENCES `device_groups`(`id`) ON DELETE CASCADE,
	CONSTRAINT `fk_device_group_members_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `device_groups` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_device_groups_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`)
);
--> statement-breakpoint
CREATE TABLE `devices` (
	`id` text PRIMARY KEY,
	`company_id` text,
	`account_id` text,
	`address` text NOT NULL UNIQUE,
	`alias` text,
	`alias_key` text UNIQUE,
	`name` text NOT NULL,
	`platform` text NOT NULL,
	`client_kind` text NOT NULL,
	`client_version` text NOT NULL,
	`credential_hash` text NOT NULL UNIQUE,
	`locks` text NOT NULL,
	`discovery` integer DEFAULT false NOT NULL,
	`online` integer DEFAULT false NOT NULL,
	`last_seen_at` integer,
	`registered_at` integer NOT NULL,
	`enrolled_at` integer,
	`removed_at` integer,
	CONSTRAINT `fk_devices_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`),
	CONSTRAINT `fk_devices_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `nodes` (
	`id` text PRIMARY KEY,
	`lease_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `enrolment_codes` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`hash` text NOT NULL UNIQUE,
	`hint` text NOT NULL,
	`label` text NOT NULL,
	`created_by` text NOT NULL,
	`assign_to` text,
	`group_id` text,
	`max_uses` integer NOT NULL,
	`uses` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	CONSTRAINT `fk_enrolment_codes_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`),
	CONSTRAINT `fk_enrolment_codes_created_by_accounts_id_fk` FOREIGN KEY (`created_by`) REFERENCES `accounts`(`id`),
	CONSTRAINT `fk_enrolment_codes_assign_to_accounts_id_fk` FOREIGN KEY (`assign_to`) REFERENCES `accounts`(`id`),
	CONSTRAINT `fk_enrolment_codes_group_id_device_groups_id_fk` FOREIGN KEY (`group_id`) REFERENCES `device_groups`(`id`) ON DELETE SET NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`stream` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	`concept` text NOT NULL,
	`change` text NOT NULL,
	`subject` text NOT NULL,
	`actor` text NOT NULL,
	`before` text,
	`after` text,
	`request_id` text NOT NULL,
	`address` text,
	`hash` text NOT NULL,
	CONSTRAINT `events_pk` PRIMARY KEY(`stream`, `number`)
);
--> statement-breakpoint
CREATE TABLE `streams` (
	`name` text PRIMARY KEY,
	`last` integer NOT NULL,
	`first` integer DEFAULT 1 NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`hash` text PRIMARY KEY,
	`input_hash` text NOT NULL,
	`outcome` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `device_inventories` (
	`device_id` text PRIMARY KEY,
	`taken_at` integer NOT NULL,
	`content` text NOT NULL,
	`fingerprint` text NOT NULL,
	CONSTRAINT `fk_device_inventories_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `email_invitations` (
	`id` text PRIMARY KEY,
	`origin` text NOT NULL,
	`inviter_device_id` text NOT NULL,
	`language` text NOT NULL,
	`address_shown` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_email_invitations_inviter_device_id_devices_id_fk` FOREIGN KEY (`inviter_device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_email_invitations_created_by_accounts_id_fk` FOREIGN KEY (`created_by`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY,
	`origin` text NOT NULL,
	`inviter_device_id` text NOT NULL,
	`recipient_device_id` text NOT NULL,
	`profile_id` text,
	`profile_name` text NOT NULL,
	`permissions` text NOT NULL,
	`note` text,
	`revision` integer DEFAULT 1 NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`settled_at` integer,
	`session_id` text,
	CONSTRAINT `fk_invitations_inviter_device_id_devices_id_fk` FOREIGN KEY (`inviter_device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_invitations_recipient_device_id_devices_id_fk` FOREIGN KEY (`recipient_device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `licence_links` (
	`hash` text PRIMARY KEY,
	`licence_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	CONSTRAINT `fk_licence_links_licence_id_licences_id_fk` FOREIGN KEY (`licence_id`) REFERENCES `licences`(`id`)
);
--> statement-breakpoint
CREATE TABLE `licences` (
	`id` text PRIMARY KEY,
	`product` text NOT NULL,
	`edition` text NOT NULL,
	`seats` integer NOT NULL,
	`seats_used` integer DEFAULT 0 NOT NULL,
	`purchase_email` text NOT NULL,
	`issued_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`expiry_announced_at` integer,
	`suspended_at` integer,
	`holder_id` text,
	`company_id` text,
	`activated_at` integer,
	CONSTRAINT `fk_licences_holder_id_accounts_id_fk` FOREIGN KEY (`holder_id`) REFERENCES `accounts`(`id`),
	CONSTRAINT `fk_licences_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`)
);
--> statement-breakpoint
CREATE TABLE `links` (
	`hash` text PRIMARY KEY,
	`purpose` text NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`licence_id` text,
	CONSTRAINT `fk_links_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE `mails` (
	`id` text PRIMARY KEY,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`sent_at` integer,
	`last_error` text
);
--> statement-breakpoint
CREATE TABLE `permission_profiles` (
	`id` text PRIMARY KEY,
	`device_id` text NOT NULL,
	`built_in` text,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`permissions` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_permission_profiles_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `policies` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`service` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	CONSTRAINT `fk_policies_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`)
);
--> statement-breakpoint
CREATE TABLE `policy_assignments` (
	`target_id` text NOT NULL,
	`service` text NOT NULL,
	`policy_id` text NOT NULL,
	`assigned_at` integer NOT NULL,
	CONSTRAINT `policy_assignments_pk` PRIMARY KEY(`target_id`, `service`),
	CONSTRAINT `fk_policy_assignments_policy_id_policies_id_fk` FOREIGN KEY (`policy_id`) REFERENCES `policies`(`id`)
);
--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`policy_id` text NOT NULL,
	`version` integer NOT NULL,
	`settings` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	CONSTRAINT `policy_versions_pk` PRIMARY KEY(`policy_id`, `version`),
	CONSTRAINT `fk_policy_versions_policy_id_policies_id_fk` FOREIGN KEY (`policy_id`) REFERENCES `policies`(`id`),
	CONSTRAINT `fk_policy_versions_created_by_accounts_id_fk` FOREIGN KEY (`created_by`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `rate_limits` (
	`key` text NOT NULL,
	`window_start` integer NOT NULL,
	`count` integer NOT NULL,
	`expires_at` integer NOT NULL,
	CONSTRAINT `rate_limits_pk` PRIMARY KEY(`key`, `window_start`)
);
--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`email_key` text PRIMARY KEY,
	`failures` integer NOT NULL,
	`blocked_until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `member_roles` (
	`member_id` text NOT NULL,
	`role_id` text NOT NULL,
	CONSTRAINT `member_roles_pk` PRIMARY KEY(`member_id`, `role_id`),
	CONSTRAINT `fk_member_roles_member_id_members_id_fk` FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON DELETE CASCADE,
	CONSTRAINT `fk_member_roles_role_id_roles_id_fk` FOREIGN KEY (`role_id`) REFERENCES `roles`(`id`)
);
--> statement-breakpoint
CREATE TABLE `roles` (
	`id` text PRIMARY KEY,
	`company_id` text NOT NULL,
	`built_in` text,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`grants` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_roles_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`)
);
--> statement-breakpoint
CREATE TABLE `service_activations` (
	`id` text PRIMARY KEY,
	`device_id` text NOT NULL,
	`company_id` text NOT NULL,
	`service` text NOT NULL,
	`licence_id` text,
	`state` text NOT NULL,
	`failure` text,
	`assigned_account_id` text,
	`applied_policy` text,
	`applied_at` integer,
	`generation` integer DEFAULT 1 NOT NULL,
	`requested_at` integer NOT NULL,
	`changed_at` integer NOT NULL,
	CONSTRAINT `fk_service_activations_device_id_devices_id_fk` FOREIGN KEY (`device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_service_activations_company_id_companies_id_fk` FOREIGN KEY (`company_id`) REFERENCES `companies`(`id`),
	CONSTRAINT `fk_service_activations_licence_id_licences_id_fk` FOREIGN KEY (`licence_id`) REFERENCES `licences`(`id`),
	CONSTRAINT `fk_service_activations_assigned_account_id_accounts_id_fk` FOREIGN KEY (`assigned_account_id`) REFERENCES `accounts`(`id`)
);
--> statement-breakpoint
CREATE TABLE `session_requests` (
	`id` text PRIMARY KEY,
	`guest_device_id` text NOT NULL,
	`host_device_id` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`settled_at` integer,
	`session_id` text,
	CONSTRAINT `fk_session_requests_guest_device_id_devices_id_fk` FOREIGN KEY (`guest_device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_session_requests_host_device_id_devices_id_fk` FOREIGN KEY (`host_device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `permission_requests` (
	`id` text PRIMARY KEY,
	`session_id` text NOT NULL,
	`permissions` text NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	CONSTRAINT `fk_permission_requests_session_id_support_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `support_sessions`(`id`)
);
--> statement-breakpoint
CREATE TABLE `session_permission_changes` (
	`session_id` text NOT NULL,
	`number` integer NOT NULL,
	`permissions` text NOT NULL,
	`changed_at` integer NOT NULL,
	CONSTRAINT `session_permission_changes_pk` PRIMARY KEY(`session_id`, `number`),
	CONSTRAINT `fk_session_permission_changes_session_id_support_sessions_id_fk` FOREIGN KEY (`session_id`) REFERENCES `support_sessions`(`id`)
);
--> statement-breakpoint
CREATE TABLE `support_sessions` (
	`id` text PRIMARY KEY,
	`host_device_id` text NOT NULL,
	`guest_device_id` text NOT NULL,
	`invitation_id` text UNIQUE,
	`request_id` text UNIQUE,
	`permissions` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`end_reason` text,
	CONSTRAINT `fk_support_sessions_host_device_id_devices_id_fk` FOREIGN KEY (`host_device_id`) REFERENCES `devices`(`id`),
	CONSTRAINT `fk_support_sessions_guest_device_id_devices_id_fk` FOREIGN KEY (`guest_device_id`) REFERENCES `devices`(`id`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`id` text PRIMARY KEY,
	`webhook_id` text NOT NULL,
	`stream` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`last_status` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`delivered_at` integer,
	CONSTRAINT `fk_webhook_deliveries_webhook_id_webhooks_id_fk` FOREIGN KEY (`webhook_id`) REFERENCES `webhooks`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY,
	`account_id` text NOT NULL,
	`stream` text NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`secret` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT `fk_webhooks_account_id_accounts_id_fk` FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_email` ON `accounts` (`email_key`);--> statement-breakpoint
CREATE INDEX `alert_mailings_due` ON `alert_mailings` (`due_at`);--> statement-breakpoint
CREATE INDEX `alerts_company` ON `alerts` (`company_id`,`service`,`state`,`last_raised_at`,`id`);--> statement-breakpoint
CREATE INDEX `alerts_device` ON `alerts` (`device_id`,`state`,`last_raised_at`,`id`);--> statement-breakpoint
CREATE INDEX `api_tokens_account` ON `api_tokens` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `auth_sessions_account` ON `auth_sessions` (`account_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `backup_snapshots_activation` ON `backup_snapshots` (`activation_id`,`account_id`,`taken_at`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `backup_snapshots_reference` ON `backup_snapshots` (`activation_id`,`reference`);--> statement-breakpoint
CREATE INDEX `restore_requests_device` ON `restore_requests` (`device_id`,`state`);--> statement-breakpoint
CREATE INDEX `restore_requests_snapshot` ON `restore_requests` (`snapshot_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `member_invitations_company` ON `member_invitations` (`company_id`,`id`);--> statement-breakpoint
CREATE INDEX `members_company` ON `members` (`company_id`,`id`);--> statement-breakpoint
CREATE INDEX `address_book_entries_book` ON `address_book_entries` (`book_id`,`id`);--> statement-breakpoint
CREATE INDEX `address_books_owner` ON `address_books` (`owner_id`);--> statement-breakpoint
CREATE INDEX `address_books_company` ON `address_books` (`company_id`,`shared`);--> statement-breakpoint
CREATE INDEX `device_connections_device` ON `device_connections` (`device_id`);--> statement-breakpoint
CREATE INDEX `device_connections_node` ON `device_connections` (`node_id`);--> statement-breakpoint
CREATE INDEX `device_group_members_device` ON `device_group_members` (`device_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `device_groups_company_name` ON `device_groups` (`company_id`,`name_key`);--> statement-breakpoint
CREATE INDEX `devices_company` ON `devices` (`company_id`,`removed_at`,`enrolled_at`,`id`);--> statement-breakpoint
CREATE INDEX `devices_company_name` ON `devices` (`company_id`,`removed_at`,`name`,`id`);--> statement-breakpoint
CREATE INDEX `devices_account` ON `devices` (`account_id`,`removed_at`,`id`);--> statement-breakpoint
CREATE INDEX `enrolment_codes_company` ON `enrolment_codes` (`company_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `email_invitations_inviter` ON `email_invitations` (`inviter_device_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_pending` ON `invitations` (`expires_at`) WHERE status = 'PENDING';--> statement-breakpoint
CREATE INDEX `invitations_inviter` ON `invitations` (`inviter_device_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `invitations_recipient` ON `invitations` (`recipient_device_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `licence_links_licence` ON `licence_links` (`licence_id`);--> statement-breakpoint
CREATE INDEX `licences_company` ON `licences` (`company_id`,`product`);--> statement-breakpoint
CREATE INDEX `licences_holder` ON `licences` (`holder_id`);--> statement-breakpoint
CREATE INDEX `licences_issued` ON `licences` (`issued_at`,`id`);--> statement-breakpoint
CREATE INDEX `licences_expiry` ON `licences` (`expires_at`);--> statement-breakpoint
CREATE INDEX `links_account` ON `links` (`account_id`,`purpose`);--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`next_attempt_at`) WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `permission_profiles_device_name` ON `permission_profiles` (`device_id`,`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `policies_company_name` ON `policies` (`company_id`,`service`,`name_key`);--> statement-breakpoint
CREATE INDEX `policy_assignments_policy` ON `policy_assignments` (`policy_id`);--> statement-breakpoint
CREATE INDEX `member_roles_role` ON `member_roles` (`role_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `roles_company_name` ON `roles` (`company_id`,`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `service_activations_device` ON `service_activations` (`device_id`,`service`);--> statement-breakpoint
CREATE INDEX `service_activations_company` ON `service_activations` (`company_id`,`service`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `service_activations_licence` ON `service_activations` (`licence_id`);--> statement-breakpoint
CREATE INDEX `session_requests_pending` ON `session_requests` (`expires_at`) WHERE status = 'PENDING';--> statement-breakpoint
CREATE INDEX `session_requests_guest` ON `session_requests` (`guest_device_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `session_requests_host` ON `session_requests` (`host_device_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `permission_requests_session` ON `permission_requests` (`session_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `support_sessions_host` ON `support_sessions` (`host_device_id`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `support_sessions_guest` ON `support_sessions` (`guest_device_id`,`started_at`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_webhook` ON `webhook_deliveries` (`webhook_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`next_attempt_at`);--> statement-breakpoint
CREATE INDEX `webhooks_account` ON `webhooks` (`account_id`);--> statement-breakpoint
CREATE INDEX `webhooks_stream` ON `webhooks` (`stream`);