UPDATE "devices" SET "search_key" = lower("name") || chr(10) || coalesce("alias_key", '') || chr(10) || "address";--> statement-breakpoint
-- Whoever owns the database may create the extension. Where neither that is so nor an administrator has created it,
-- searches work without the index: they read all devices of the company.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "devices_search" ON "devices" USING gin ("search_key" gin_trgm_ops) WHERE "removed_at" IS NULL;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
  RAISE WARNING 'Beckon: searches for devices have no index, because the extension pg_trgm cannot be created: %', SQLERRM;
END $$;
