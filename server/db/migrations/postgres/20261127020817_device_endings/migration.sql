-- Was an index of the extension pg_trgm, which is needed no more, and may be another one's by now.
DROP INDEX IF EXISTS "devices_search";--> statement-breakpoint
-- Numbers for companies and managed devices: an id in each of the rows below would double them. By what the lists are in order,
-- too, so that of all that are found only those of one page are read.
CREATE TABLE "search_companies" ("number" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "company_id" text NOT NULL UNIQUE);--> statement-breakpoint
CREATE TABLE "device_search" (
  "number" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "device_id" text NOT NULL UNIQUE, "name" text NOT NULL, "enrolled_at" bigint
);--> statement-breakpoint
CREATE FUNCTION "number_company"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO "search_companies" ("company_id") VALUES (new."id");
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "search_companies_inserted" AFTER INSERT ON "companies" FOR EACH ROW EXECUTE FUNCTION "number_company"();--> statement-breakpoint
INSERT INTO "search_companies" ("company_id") SELECT "id" FROM "companies";--> statement-breakpoint
INSERT INTO "device_search" ("device_id", "name", "enrolled_at")
  SELECT "id", "name", "enrolled_at" FROM "devices" WHERE "company_id" IS NOT NULL AND "removed_at" IS NULL;--> statement-breakpoint
-- What they are found by (server/db/device-search.ts): each ending of the lines of their search keys, from every character on;
-- those of the ID, which is the last line, with the line break before them. In the order of code points: only so those that
-- begin with the same text are neighbours, whatever language the database was made for.
CREATE TABLE "device_endings" (
  "company" integer NOT NULL, "device" integer NOT NULL, "ending" text COLLATE "C" NOT NULL,
  PRIMARY KEY ("company", "ending", "device")
);--> statement-breakpoint
CREATE FUNCTION "endings_of"("search_key" text, "address" text) RETURNS SETOF text LANGUAGE sql IMMUTABLE ROWS 40 AS $$
  SELECT DISTINCT CASE WHEN p."at" <= length("search_key") - length("address") THEN '' ELSE chr(10) END
    || split_part(substr("search_key", p."at"), chr(10), 1)
  FROM generate_series(1, length("search_key")) AS p("at") WHERE substr("search_key", p."at", 1) <> chr(10);
$$;--> statement-breakpoint
CREATE VIEW "endings_of_devices" AS
  SELECT d."id" AS "device_id", c."number" AS "company", s."number" AS "device", e."ending" COLLATE "C" AS "ending"
  FROM "devices" d
    JOIN "search_companies" c ON c."company_id" = d."company_id"
    JOIN "device_search" s ON s."device_id" = d."id"
    CROSS JOIN LATERAL endings_of(d."search_key", d."address") AS e("ending");--> statement-breakpoint
-- One by one: of all at once PostgreSQL may think it best to go through the whole company's.
CREATE FUNCTION "forget_endings"() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE "which" integer; "whose" integer; "one" text; BEGIN
  DELETE FROM "device_search" WHERE "device_id" = old."id" RETURNING "number" INTO "which";
  SELECT "number" FROM "search_companies" WHERE "company_id" = old."company_id" INTO "whose";
  FOR "one" IN SELECT endings_of(old."search_key", old."address") WHERE "which" IS NOT NULL LOOP
    DELETE FROM "device_endings" WHERE "company" = "whose" AND "ending" = "one" AND "device" = "which";
  END LOOP;
  IF TG_OP = 'UPDATE' THEN RETURN new; END IF;
  RETURN old;
END $$;--> statement-breakpoint
CREATE FUNCTION "write_endings"() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE "which" integer; BEGIN
  IF new."company_id" IS NULL OR new."removed_at" IS NOT NULL THEN RETURN NULL; END IF;
  INSERT INTO "device_search" ("device_id", "name", "enrolled_at") VALUES (new."id", new."name", new."enrolled_at")
    RETURNING "number" INTO "which";
  INSERT INTO "device_endings" ("company", "ending", "device")
    SELECT c."number", e."ending", "which" FROM "search_companies" c, endings_of(new."search_key", new."address") AS e("ending")
    WHERE c."company_id" = new."company_id";
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "device_search_inserted" AFTER INSERT ON "devices" FOR EACH ROW EXECUTE FUNCTION "write_endings"();--> statement-breakpoint
-- Before the row changes, when it still tells which endings it has.
CREATE TRIGGER "device_search_outdated" BEFORE UPDATE OF "company_id", "removed_at", "search_key", "name", "enrolled_at" ON "devices" FOR EACH ROW
WHEN ((old."company_id", old."removed_at", old."search_key", old."name", old."enrolled_at") IS DISTINCT FROM
  (new."company_id", new."removed_at", new."search_key", new."name", new."enrolled_at")) EXECUTE FUNCTION "forget_endings"();--> statement-breakpoint
CREATE TRIGGER "device_search_updated" AFTER UPDATE OF "company_id", "removed_at", "search_key", "name", "enrolled_at" ON "devices" FOR EACH ROW
WHEN ((old."company_id", old."removed_at", old."search_key", old."name", old."enrolled_at") IS DISTINCT FROM
  (new."company_id", new."removed_at", new."search_key", new."name", new."enrolled_at")) EXECUTE FUNCTION "write_endings"();--> statement-breakpoint
CREATE TRIGGER "device_search_deleted" BEFORE DELETE ON "devices" FOR EACH ROW EXECUTE FUNCTION "forget_endings"();--> statement-breakpoint
-- In their order, which fills an index many times as fast.
INSERT INTO "device_endings" ("company", "ending", "device")
  SELECT "company", "ending", "device" FROM "endings_of_devices" ORDER BY 1, 2, 3;
