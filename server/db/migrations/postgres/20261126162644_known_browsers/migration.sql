CREATE TABLE "known_browsers" (
	"account_id" text,
	"hash" text,
	"signed_in_at" bigint NOT NULL,
	CONSTRAINT "known_browsers_pkey" PRIMARY KEY("account_id","hash")
);
--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD COLUMN "last_seen_at" bigint;--> statement-breakpoint
CREATE INDEX "known_browsers_old" ON "known_browsers" ("signed_in_at");--> statement-breakpoint
ALTER TABLE "known_browsers" ADD CONSTRAINT "known_browsers_account_id_accounts_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE;