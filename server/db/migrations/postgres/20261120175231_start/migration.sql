CREATE TABLE "accounts" (
	"id" text PRIMARY KEY,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"language" text NOT NULL,
	"eula_version" text NOT NULL,
	"eula_accepted_at" bigint NOT NULL,
	"verified_at" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alert_mailings" (
	"account_id" text PRIMARY KEY,
	"wish" text NOT NULL,
	"due_at" bigint,
	"since" bigint,
	"mailed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"device_id" text NOT NULL,
	"service" text NOT NULL,
	"subject" text NOT NULL,
	"open_key" text UNIQUE,
	"severity" text NOT NULL,
	"kind" text NOT NULL,
	"message" text NOT NULL,
	"measurements" jsonb,
	"state" text NOT NULL,
	"occurrences" bigint DEFAULT 1 NOT NULL,
	"raised_at" bigint NOT NULL,
	"last_raised_at" bigint NOT NULL,
	"acknowledged_by" text,
	"acknowledged_at" bigint,
	"resolved_at" bigint
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" text PRIMARY KEY,
	"hash" text NOT NULL UNIQUE,
	"account_id" text NOT NULL,
	"name" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"last_used_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"id" text PRIMARY KEY,
	"public_id" text NOT NULL UNIQUE,
	"account_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backup_snapshots" (
	"id" text PRIMARY KEY,
	"activation_id" text NOT NULL,
	"device_id" text NOT NULL,
	"account_id" text NOT NULL,
	"reference" text NOT NULL,
	"taken_at" bigint NOT NULL,
	"files" bigint NOT NULL,
	"bytes" bigint NOT NULL,
	"added_bytes" bigint NOT NULL,
	"verified_at" bigint,
	"pruned_at" bigint
);
--> statement-breakpoint
CREATE TABLE "restore_requests" (
	"id" text PRIMARY KEY,
	"snapshot_id" text NOT NULL,
	"device_id" text NOT NULL,
	"requested_by" text NOT NULL,
	"paths" jsonb NOT NULL,
	"state" text NOT NULL,
	"restored_files" bigint,
	"failure" text,
	"requested_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "spent_captchas" (
	"signature" text PRIMARY KEY,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "companies" (
	"id" text PRIMARY KEY,
	"name" text NOT NULL,
	"namespace" text NOT NULL UNIQUE,
	"device_count" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_invitations" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"email" text NOT NULL,
	"email_key" text NOT NULL,
	"role_ids" jsonb NOT NULL,
	"hash" text NOT NULL UNIQUE,
	"invited_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"account_id" text NOT NULL UNIQUE,
	"joined_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_book_entries" (
	"id" text PRIMARY KEY,
	"book_id" text NOT NULL,
	"device_id" text NOT NULL,
	"label" text,
	"tags" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "address_books" (
	"id" text PRIMARY KEY,
	"owner_id" text NOT NULL,
	"company_id" text,
	"shared" boolean DEFAULT false NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "discoveries" (
	"device_id" text,
	"seen_device_id" text,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "discoveries_pkey" PRIMARY KEY("device_id","seen_device_id")
);
--> statement-breakpoint
CREATE TABLE "favourites" (
	"account_id" text,
	"device_id" text,
	"added_at" bigint NOT NULL,
	CONSTRAINT "favourites_pkey" PRIMARY KEY("account_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "device_connections" (
	"id" text PRIMARY KEY,
	"device_id" text NOT NULL,
	"node_id" text NOT NULL,
	"opened_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_group_members" (
	"group_id" text,
	"device_id" text,
	CONSTRAINT "device_group_members_pkey" PRIMARY KEY("group_id","device_id")
);
--> statement-breakpoint
CREATE TABLE "device_groups" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "devices" (
	"id" text PRIMARY KEY,
	"company_id" text,
	"account_id" text,
	"address" text NOT NULL UNIQUE,
	"alias" text,
	"alias_key" text UNIQUE,
	"name" text NOT NULL,
	"platform" text NOT NULL,
	"client_kind" text NOT NULL,
	"client_version" text NOT NULL,
	"credential_hash" text NOT NULL UNIQUE,
	"locks" jsonb NOT NULL,
	"discovery" boolean DEFAULT false NOT NULL,
	"online" boolean DEFAULT false NOT NULL,
	"last_seen_at" bigint,
	"registered_at" bigint NOT NULL,
	"enrolled_at" bigint,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "nodes" (
	"id" text PRIMARY KEY,
	"lease_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enrolment_codes" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"hash" text NOT NULL UNIQUE,
	"hint" text NOT NULL,
	"label" text NOT NULL,
	"created_by" text NOT NULL,
	"assign_to" text,
	"group_id" text,
	"max_uses" bigint NOT NULL,
	"uses" bigint DEFAULT 0 NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "events" (
	"stream" text,
	"number" bigint,
	"at" bigint NOT NULL,
	"concept" text NOT NULL,
	"change" text NOT NULL,
	"subject" text NOT NULL,
	"actor" jsonb NOT NULL,
	"before" jsonb,
	"after" jsonb,
	"request_id" text NOT NULL,
	"address" text,
	"hash" text NOT NULL,
	CONSTRAINT "events_pkey" PRIMARY KEY("stream","number")
);
--> statement-breakpoint
CREATE TABLE "streams" (
	"name" text PRIMARY KEY,
	"last" bigint NOT NULL,
	"first" bigint DEFAULT 1 NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"hash" text PRIMARY KEY,
	"input_hash" text NOT NULL,
	"outcome" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "device_inventories" (
	"device_id" text PRIMARY KEY,
	"taken_at" bigint NOT NULL,
	"content" jsonb NOT NULL,
	"fingerprint" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "email_invitations" (
	"id" text PRIMARY KEY,
	"origin" text NOT NULL,
	"inviter_device_id" text NOT NULL,
	"language" text NOT NULL,
	"address_shown" text NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY,
	"origin" text NOT NULL,
	"inviter_device_id" text NOT NULL,
	"recipient_device_id" text NOT NULL,
	"profile_id" text,
	"profile_name" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"note" text,
	"revision" bigint DEFAULT 1 NOT NULL,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"settled_at" bigint,
	"session_id" text
);
--> statement-breakpoint
CREATE TABLE "licence_links" (
	"hash" text PRIMARY KEY,
	"licence_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE TABLE "licences" (
	"id" text PRIMARY KEY,
	"product" text NOT NULL,
	"edition" text NOT NULL,
	"seats" bigint NOT NULL,
	"seats_used" bigint DEFAULT 0 NOT NULL,
	"purchase_email" text NOT NULL,
	"issued_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"expiry_announced_at" bigint,
	"suspended_at" bigint,
	"holder_id" text,
	"company_id" text,
	"activated_at" bigint
);
--> statement-breakpoint
CREATE TABLE "links" (
	"hash" text PRIMARY KEY,
	"purpose" text NOT NULL,
	"account_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint,
	"licence_id" text
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"id" text PRIMARY KEY,
	"recipient" text NOT NULL,
	"subject" text NOT NULL,
	"body" text NOT NULL,
	"created_at" bigint NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"next_attempt_at" bigint,
	"sent_at" bigint,
	"last_error" text
);
--> statement-breakpoint
CREATE TABLE "permission_profiles" (
	"id" text PRIMARY KEY,
	"device_id" text NOT NULL,
	"built_in" text,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"service" text NOT NULL,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"version" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"removed_at" bigint
);
--> statement-breakpoint
CREATE TABLE "policy_assignments" (
	"target_id" text,
	"service" text,
	"policy_id" text NOT NULL,
	"assigned_at" bigint NOT NULL,
	CONSTRAINT "policy_assignments_pkey" PRIMARY KEY("target_id","service")
);
--> statement-breakpoint
CREATE TABLE "policy_versions" (
	"policy_id" text,
	"version" bigint,
	"settings" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	"created_by" text,
	CONSTRAINT "policy_versions_pkey" PRIMARY KEY("policy_id","version")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text,
	"window_start" bigint,
	"count" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	CONSTRAINT "rate_limits_pkey" PRIMARY KEY("key","window_start")
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"email_key" text PRIMARY KEY,
	"failures" bigint NOT NULL,
	"blocked_until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_roles" (
	"member_id" text,
	"role_id" text,
	CONSTRAINT "member_roles_pkey" PRIMARY KEY("member_id","role_id")
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"id" text PRIMARY KEY,
	"company_id" text NOT NULL,
	"built_in" text,
	"name" text NOT NULL,
	"name_key" text NOT NULL,
	"grants" jsonb NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "service_activations" (
	"id" text PRIMARY KEY,
	"device_id" text NOT NULL,
	"company_id" text NOT NULL,
	"service" text NOT NULL,
	"licence_id" text,
	"state" text NOT NULL,
	"failure" text,
	"assigned_account_id" text,
	"applied_policy" text,
	"applied_at" bigint,
	"generation" bigint DEFAULT 1 NOT NULL,
	"requested_at" bigint NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session_requests" (
	"id" text PRIMARY KEY,
	"guest_device_id" text NOT NULL,
	"host_device_id" text NOT NULL,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"settled_at" bigint,
	"session_id" text
);
--> statement-breakpoint
CREATE TABLE "permission_requests" (
	"id" text PRIMARY KEY,
	"session_id" text NOT NULL,
	"permissions" jsonb NOT NULL,
	"status" text NOT NULL,
	"created_at" bigint NOT NULL,
	"settled_at" bigint
);
--> statement-breakpoint
CREATE TABLE "session_permission_changes" (
	"session_id" text,
	"number" bigint,
	"permissions" jsonb NOT NULL,
	"changed_at" bigint NOT NULL,
	CONSTRAINT "session_permission_changes_pkey" PRIMARY KEY("session_id","number")
);
--> statement-breakpoint
CREATE TABLE "support_sessions" (
	"id" text PRIMARY KEY,
	"host_device_id" text NOT NULL,
	"guest_device_id" text NOT NULL,
	"invitation_id" text UNIQUE,
	"request_id" text UNIQUE,
	"permissions" jsonb NOT NULL,
	"started_at" bigint NOT NULL,
	"ended_at" bigint,
	"end_reason" text
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" text PRIMARY KEY,
	"webhook_id" text NOT NULL,
	"stream" text NOT NULL,
	"number" bigint NOT NULL,
	"state" text NOT NULL,
	"attempts" bigint DEFAULT 0 NOT NULL,
	"next_attempt_at" bigint,
	"last_status" bigint,
	"last_error" text,
	"created_at" bigint NOT NULL,
	"delivered_at" bigint
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY,
	"account_id" text NOT NULL,
	"stream" text NOT NULL,
	"url" text NOT NULL,
	"events" jsonb NOT NULL,
	"secret" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"position" bigint NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email" ON "accounts" ("email_key");--> statement-breakpoint
CREATE INDEX "alert_mailings_due" ON "alert_mailings" ("due_at");--> statement-breakpoint
CREATE INDEX "alerts_company" ON "alerts" ("company_id","service","state","last_raised_at","id");--> statement-breakpoint
CREATE INDEX "alerts_device" ON "alerts" ("device_id","state","last_raised_at","id");--> statement-breakpoint
CREATE INDEX "api_tokens_account" ON "api_tokens" ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "auth_sessions_account" ON "auth_sessions" ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "backup_snapshots_activation" ON "backup_snapshots" ("activation_id","account_id","taken_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "backup_snapshots_reference" ON "backup_snapshots" ("activation_id","reference");--> statement-breakpoint
CREATE INDEX "restore_requests_device" ON "restore_requests" ("device_id","state");--> statement-breakpoint
CREATE INDEX "restore_requests_snapshot" ON "restore_requests" ("snapshot_id");--> statement-breakpoint
CREATE UNIQUE INDEX "member_invitations_company" ON "member_invitations" ("company_id","id");--> statement-breakpoint
CREATE INDEX "members_company" ON "members" ("company_id","id");--> statement-breakpoint
CREATE INDEX "address_book_entries_book" ON "address_book_entries" ("book_id","id");--> statement-breakpoint
CREATE INDEX "address_books_owner" ON "address_books" ("owner_id");--> statement-breakpoint
CREATE INDEX "address_books_company" ON "address_books" ("company_id","shared");--> statement-breakpoint
CREATE INDEX "device_connections_device" ON "device_connections" ("device_id");--> statement-breakpoint
CREATE INDEX "device_connections_node" ON "device_connections" ("node_id");--> statement-breakpoint
CREATE INDEX "device_group_members_device" ON "device_group_members" ("device_id");--> statement-breakpoint
CREATE UNIQUE INDEX "device_groups_company_name" ON "device_groups" ("company_id","name_key");--> statement-breakpoint
CREATE INDEX "devices_company" ON "devices" ("company_id","removed_at","enrolled_at","id");--> statement-breakpoint
CREATE INDEX "devices_company_name" ON "devices" ("company_id","removed_at","name","id");--> statement-breakpoint
CREATE INDEX "devices_account" ON "devices" ("account_id","removed_at","id");--> statement-breakpoint
CREATE INDEX "enrolment_codes_company" ON "enrolment_codes" ("company_id","created_at");--> statement-breakpoint
CREATE INDEX "email_invitations_inviter" ON "email_invitations" ("inviter_device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invitations_pending" ON "invitations" ("expires_at") WHERE status = 'PENDING';--> statement-breakpoint
CREATE INDEX "invitations_inviter" ON "invitations" ("inviter_device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "invitations_recipient" ON "invitations" ("recipient_device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "licence_links_licence" ON "licence_links" ("licence_id");--> statement-breakpoint
CREATE INDEX "licences_company" ON "licences" ("company_id","product");--> statement-breakpoint
CREATE INDEX "licences_holder" ON "licences" ("holder_id");--> statement-breakpoint
CREATE INDEX "licences_issued" ON "licences" ("issued_at","id");--> statement-breakpoint
CREATE INDEX "licences_expiry" ON "licences" ("expires_at");--> statement-breakpoint
CREATE INDEX "links_account" ON "links" ("account_id","purpose");--> statement-breakpoint
CREATE INDEX "mails_due" ON "mails" ("next_attempt_at") WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "permission_profiles_device_name" ON "permission_profiles" ("device_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "policies_company_name" ON "policies" ("company_id","service","name_key");--> statement-breakpoint
CREATE INDEX "policy_assignments_policy" ON "policy_assignments" ("policy_id");--> statement-breakpoint
CREATE INDEX "member_roles_role" ON "member_roles" ("role_id");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_company_name" ON "roles" ("company_id","name_key");--> statement-breakpoint
CREATE UNIQUE INDEX "service_activations_device" ON "service_activations" ("device_id","service");--> statement-breakpoint
CREATE INDEX "service_activations_company" ON "service_activations" ("company_id","service","state","id");--> statement-breakpoint
CREATE INDEX "service_activations_licence" ON "service_activations" ("licence_id");--> statement-breakpoint
CREATE INDEX "session_requests_pending" ON "session_requests" ("expires_at") WHERE status = 'PENDING';--> statement-breakpoint
CREATE INDEX "session_requests_guest" ON "session_requests" ("guest_device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "session_requests_host" ON "session_requests" ("host_device_id","created_at","id");--> statement-breakpoint
CREATE INDEX "permission_requests_session" ON "permission_requests" ("session_id","created_at","id");--> statement-breakpoint
CREATE INDEX "support_sessions_host" ON "support_sessions" ("host_device_id","started_at","id");--> statement-breakpoint
CREATE INDEX "support_sessions_guest" ON "support_sessions" ("guest_device_id","started_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_webhook" ON "webhook_deliveries" ("webhook_id","created_at","id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" ("next_attempt_at");--> statement-breakpoint
CREATE INDEX "webhooks_account" ON "webhooks" ("account_id");--> statement-breakpoint
CREATE INDEX "webhooks_stream" ON "webhooks" ("stream");--> statement-breakpoint
ALTER TABLE "alert_mailings" ADD CONSTRAINT "alert_mailings_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_acknowledged_by_accounts_id_fkey" FOREIGN KEY ("acknowledged_by") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "backup_snapshots" ADD CONSTRAINT "backup_snapshots_activation_id_service_activations_id_fkey" FOREIGN KEY ("activation_id") REFERENCES "service_activations"("id");--> statement-breakpoint
ALTER TABLE "backup_snapshots" ADD CONSTRAINT "backup_snapshots_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "backup_snapshots" ADD CONSTRAINT "backup_snapshots_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_snapshot_id_backup_snapshots_id_fkey" FOREIGN KEY ("snapshot_id") REFERENCES "backup_snapshots"("id");--> statement-breakpoint
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "restore_requests" ADD CONSTRAINT "restore_requests_requested_by_accounts_id_fkey" FOREIGN KEY ("requested_by") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "member_invitations" ADD CONSTRAINT "member_invitations_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "member_invitations" ADD CONSTRAINT "member_invitations_invited_by_accounts_id_fkey" FOREIGN KEY ("invited_by") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "address_book_entries" ADD CONSTRAINT "address_book_entries_book_id_address_books_id_fkey" FOREIGN KEY ("book_id") REFERENCES "address_books"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "address_book_entries" ADD CONSTRAINT "address_book_entries_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "address_books" ADD CONSTRAINT "address_books_owner_id_accounts_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "address_books" ADD CONSTRAINT "address_books_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "discoveries" ADD CONSTRAINT "discoveries_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "discoveries" ADD CONSTRAINT "discoveries_seen_device_id_devices_id_fkey" FOREIGN KEY ("seen_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "favourites" ADD CONSTRAINT "favourites_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "favourites" ADD CONSTRAINT "favourites_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "device_connections" ADD CONSTRAINT "device_connections_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "device_group_members" ADD CONSTRAINT "device_group_members_group_id_device_groups_id_fkey" FOREIGN KEY ("group_id") REFERENCES "device_groups"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "device_group_members" ADD CONSTRAINT "device_group_members_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "device_groups" ADD CONSTRAINT "device_groups_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "devices" ADD CONSTRAINT "devices_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "enrolment_codes" ADD CONSTRAINT "enrolment_codes_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "enrolment_codes" ADD CONSTRAINT "enrolment_codes_created_by_accounts_id_fkey" FOREIGN KEY ("created_by") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "enrolment_codes" ADD CONSTRAINT "enrolment_codes_assign_to_accounts_id_fkey" FOREIGN KEY ("assign_to") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "enrolment_codes" ADD CONSTRAINT "enrolment_codes_group_id_device_groups_id_fkey" FOREIGN KEY ("group_id") REFERENCES "device_groups"("id") ON DELETE SET NULL;--> statement-breakpoint
ALTER TABLE "device_inventories" ADD CONSTRAINT "device_inventories_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "email_invitations" ADD CONSTRAINT "email_invitations_inviter_device_id_devices_id_fkey" FOREIGN KEY ("inviter_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "email_invitations" ADD CONSTRAINT "email_invitations_created_by_accounts_id_fkey" FOREIGN KEY ("created_by") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_inviter_device_id_devices_id_fkey" FOREIGN KEY ("inviter_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_recipient_device_id_devices_id_fkey" FOREIGN KEY ("recipient_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "licence_links" ADD CONSTRAINT "licence_links_licence_id_licences_id_fkey" FOREIGN KEY ("licence_id") REFERENCES "licences"("id");--> statement-breakpoint
ALTER TABLE "licences" ADD CONSTRAINT "licences_holder_id_accounts_id_fkey" FOREIGN KEY ("holder_id") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "licences" ADD CONSTRAINT "licences_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "links" ADD CONSTRAINT "links_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "permission_profiles" ADD CONSTRAINT "permission_profiles_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "policy_assignments" ADD CONSTRAINT "policy_assignments_policy_id_policies_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id");--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_policy_id_policies_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "policies"("id");--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_created_by_accounts_id_fkey" FOREIGN KEY ("created_by") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "member_roles" ADD CONSTRAINT "member_roles_member_id_members_id_fkey" FOREIGN KEY ("member_id") REFERENCES "members"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "member_roles" ADD CONSTRAINT "member_roles_role_id_roles_id_fkey" FOREIGN KEY ("role_id") REFERENCES "roles"("id");--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "service_activations" ADD CONSTRAINT "service_activations_device_id_devices_id_fkey" FOREIGN KEY ("device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "service_activations" ADD CONSTRAINT "service_activations_company_id_companies_id_fkey" FOREIGN KEY ("company_id") REFERENCES "companies"("id");--> statement-breakpoint
ALTER TABLE "service_activations" ADD CONSTRAINT "service_activations_licence_id_licences_id_fkey" FOREIGN KEY ("licence_id") REFERENCES "licences"("id");--> statement-breakpoint
ALTER TABLE "service_activations" ADD CONSTRAINT "service_activations_assigned_account_id_accounts_id_fkey" FOREIGN KEY ("assigned_account_id") REFERENCES "accounts"("id");--> statement-breakpoint
ALTER TABLE "session_requests" ADD CONSTRAINT "session_requests_guest_device_id_devices_id_fkey" FOREIGN KEY ("guest_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "session_requests" ADD CONSTRAINT "session_requests_host_device_id_devices_id_fkey" FOREIGN KEY ("host_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "permission_requests" ADD CONSTRAINT "permission_requests_session_id_support_sessions_id_fkey" FOREIGN KEY ("session_id") REFERENCES "support_sessions"("id");--> statement-breakpoint
ALTER TABLE "session_permission_changes" ADD CONSTRAINT "session_permission_changes_session_id_support_sessions_id_fkey" FOREIGN KEY ("session_id") REFERENCES "support_sessions"("id");--> statement-breakpoint
ALTER TABLE "support_sessions" ADD CONSTRAINT "support_sessions_host_device_id_devices_id_fkey" FOREIGN KEY ("host_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "support_sessions" ADD CONSTRAINT "support_sessions_guest_device_id_devices_id_fkey" FOREIGN KEY ("guest_device_id") REFERENCES "devices"("id");--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;