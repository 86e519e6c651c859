-- `lower` is the server's own here (server/db/sqlite.ts), which knows all scripts.
UPDATE `devices` SET `search_key` = lower(`name`) || char(10) || coalesce(`alias_key`, '') || char(10) || `address`;--> statement-breakpoint
-- Numbers for the managed devices, which the index below goes by (a row number of `devices` may change with VACUUM).
CREATE TABLE `device_search` (`number` integer PRIMARY KEY, `device_id` text NOT NULL UNIQUE);--> statement-breakpoint
-- What a device is found by: each part of its search key that has one, two or three characters, as their UTF-8 bytes in
-- hexadecimal digits behind the id of its company, so that a search never meets the devices of another one.
CREATE VIEW `device_grams` AS
  SELECT d.`id` AS `device_id`, (
    SELECT group_concat(d.`company_id` || '_' || hex(substr(d.`search_key`, p.`key` + 1, w.`value`)), ' ')
    FROM json_each('[1,2,3]') w, json_each('[0' || replace(hex(zeroblob(length(d.`search_key`) - 1)), '00', ',0') || ']') p
    WHERE p.`key` + w.`value` <= length(d.`search_key`)
  ) AS `grams`
  FROM `devices` d WHERE d.`company_id` IS NOT NULL AND d.`removed_at` IS NULL;--> statement-breakpoint
CREATE VIRTUAL TABLE `device_search_fts` USING fts5(`grams`, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_-'");--> statement-breakpoint
CREATE TRIGGER `device_search_inserted` AFTER INSERT ON `devices`
WHEN new.`company_id` IS NOT NULL AND new.`removed_at` IS NULL BEGIN
  INSERT INTO `device_search` (`device_id`) VALUES (new.`id`);
  INSERT INTO `device_search_fts` (rowid, `grams`)
    SELECT s.`number`, g.`grams` FROM `device_grams` g JOIN `device_search` s ON s.`device_id` = g.`device_id` WHERE g.`device_id` = new.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `device_search_updated` AFTER UPDATE OF `company_id`, `removed_at`, `search_key` ON `devices`
WHEN old.`company_id` IS NOT new.`company_id` OR old.`removed_at` IS NOT new.`removed_at` OR old.`search_key` IS NOT new.`search_key` BEGIN
  INSERT OR IGNORE INTO `device_search` (`device_id`) VALUES (new.`id`);
  DELETE FROM `device_search_fts` WHERE rowid = (SELECT `number` FROM `device_search` WHERE `device_id` = new.`id`);
  INSERT INTO `device_search_fts` (rowid, `grams`)
    SELECT s.`number`, g.`grams` FROM `device_grams` g JOIN `device_search` s ON s.`device_id` = g.`device_id` WHERE g.`device_id` = new.`id`;
END;--> statement-breakpoint
CREATE TRIGGER `device_search_deleted` AFTER DELETE ON `devices` BEGIN
  DELETE FROM `device_search_fts` WHERE rowid = (SELECT `number` FROM `device_search` WHERE `device_id` = old.`id`);
  DELETE FROM `device_search` WHERE `device_id` = old.`id`;
END;--> statement-breakpoint
INSERT INTO `device_search` (`device_id`) SELECT `device_id` FROM `device_grams`;--> statement-breakpoint
INSERT INTO `device_search_fts` (rowid, `grams`)
  SELECT s.`number`, g.`grams` FROM `device_grams` g JOIN `device_search` s ON s.`device_id` = g.`device_id`;
