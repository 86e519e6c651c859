DROP TRIGGER `device_search_inserted`;--> statement-breakpoint
DROP TRIGGER `device_search_updated`;--> statement-breakpoint
DROP TRIGGER `device_search_deleted`;--> statement-breakpoint
DROP TABLE `device_search_fts`;--> statement-breakpoint
DROP VIEW `device_grams`;--> statement-breakpoint
DROP TABLE `device_search`;--> statement-breakpoint
-- Numbers for companies and managed devices: an id in each of the rows below would double them. By what the lists are in order,
-- too, so that of all that are found only those of one page are read.
CREATE TABLE `search_companies` (`number` integer PRIMARY KEY, `company_id` text NOT NULL UNIQUE);--> statement-breakpoint
CREATE TABLE `device_search` (
  `number` integer PRIMARY KEY, `device_id` text NOT NULL UNIQUE, `name` text NOT NULL, `enrolled_at` integer
);--> statement-breakpoint
CREATE TRIGGER `search_companies_inserted` AFTER INSERT ON `companies` BEGIN
  INSERT INTO `search_companies` (`company_id`) VALUES (new.`id`);
END;--> statement-breakpoint
INSERT INTO `search_companies` (`company_id`) SELECT `id` FROM `companies`;--> statement-breakpoint
INSERT INTO `device_search` (`device_id`, `name`, `enrolled_at`)
  SELECT `id`, `name`, `enrolled_at` FROM `devices` WHERE `company_id` IS NOT NULL AND `removed_at` IS NULL;--> statement-breakpoint
-- What they are found by (server/db/device-search.ts): each ending of the lines of their search keys, from every character on;
-- those of the ID, which is the last line, with the line break before them.
CREATE TABLE `device_endings` (
  `company` integer NOT NULL, `ending` text NOT NULL, `device` integer NOT NULL,
  PRIMARY KEY (`company`, `ending`, `device`)
) WITHOUT ROWID;--> statement-breakpoint
CREATE VIEW `endings_of_devices` AS
  SELECT DISTINCT d.`id` AS `device_id`, c.`number` AS `company`, s.`number` AS `device`,
    iif(p.`key` < length(d.`search_key`) - length(d.`address`), '', char(10))
      || substr(d.`search_key`, p.`key` + 1, instr(substr(d.`search_key`, p.`key` + 1) || char(10), char(10)) - 1) AS `ending`
  FROM `devices` d
    JOIN `search_companies` c ON c.`company_id` = d.`company_id`
    JOIN `device_search` s ON s.`device_id` = d.`id`,
    json_each('[0' || replace(hex(zeroblob(length(d.`search_key`) - 1)), '00', ',0') || ']') p
  WHERE substr(d.`search_key`, p.`key` + 1, 1) NOT IN ('', char(10));--> statement-breakpoint
CREATE TRIGGER `device_search_inserted` AFTER INSERT ON `devices`
WHEN new.`company_id` IS NOT NULL AND new.`removed_at` IS NULL BEGIN
  INSERT INTO `device_search` (`device_id`, `name`, `enrolled_at`) VALUES (new.`id`, new.`name`, new.`enrolled_at`);
  INSERT INTO `device_endings` (`company`, `ending`, `device`)
    SELECT `company`, `ending`, `device` FROM `endings_of_devices` WHERE `device_id` = new.`id`;
END;--> statement-breakpoint
-- Before the row changes, when it still tells which endings it has.
CREATE TRIGGER `device_search_outdated` BEFORE UPDATE OF `company_id`, `removed_at`, `search_key`, `name`, `enrolled_at` ON `devices`
WHEN (old.`company_id`, old.`removed_at`, old.`search_key`, old.`name`, old.`enrolled_at`) IS NOT
  (new.`company_id`, new.`removed_at`, new.`search_key`, new.`name`, new.`enrolled_at`) BEGIN
  DELETE FROM `device_endings` WHERE (`company`, `ending`, `device`) IN
    (SELECT `company`, `ending`, `device` FROM `endings_of_devices` WHERE `device_id` = old.`id`);
  DELETE FROM `device_search` WHERE `device_id` = old.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `device_search_updated` AFTER UPDATE OF `company_id`, `removed_at`, `search_key`, `name`, `enrolled_at` ON `devices`
WHEN new.`company_id` IS NOT NULL AND new.`removed_at` IS NULL AND
  (old.`company_id`, old.`removed_at`, old.`search_key`, old.`name`, old.`enrolled_at`) IS NOT
  (new.`company_id`, new.`removed_at`, new.`search_key`, new.`name`, new.`enrolled_at`) BEGIN
  INSERT INTO `device_search` (`device_id`, `name`, `enrolled_at`) VALUES (new.`id`, new.`name`, new.`enrolled_at`);
  INSERT INTO `device_endings` (`company`, `ending`, `device`)
    SELECT `company`, `ending`, `device` FROM `endings_of_devices` WHERE `device_id` = new.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `device_search_deleted` BEFORE DELETE ON `devices` BEGIN
  DELETE FROM `device_endings` WHERE (`company`, `ending`, `device`) IN
    (SELECT `company`, `ending`, `device` FROM `endings_of_devices` WHERE `device_id` = old.`id`);
  DELETE FROM `device_search` WHERE `device_id` = old.`id`;
END;--> statement-breakpoint
-- In their order, which fills a table many times as fast.
INSERT INTO `device_endings` (`company`, `ending`, `device`)
  SELECT `company`, `ending`, `device` FROM `endings_of_devices` ORDER BY 1, 2, 3;
