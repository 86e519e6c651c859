DROP INDEX IF EXISTS `alerts_raised`;--> statement-breakpoint
-- How many alerts were raised first on each day, by service and severity (server/db/tables/counters.ts): as all other counters.
CREATE TRIGGER `alerts_counted_by_day` AFTER INSERT ON `alerts` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id` || '/' || (new.`raised_at` / 86400000), 'ALERT_DAYS', new.`service` || '/' || new.`severity`, 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `alerts_counted_by_day_anew` AFTER UPDATE OF `company_id`, `raised_at`, `service`, `severity` ON `alerts`
WHEN old.`company_id` IS NOT new.`company_id` OR old.`raised_at` IS NOT new.`raised_at` OR old.`service` IS NOT new.`service` OR old.`severity` IS NOT new.`severity` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id` || '/' || (old.`raised_at` / 86400000), 'ALERT_DAYS', old.`service` || '/' || old.`severity`, -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id` || '/' || (new.`raised_at` / 86400000), 'ALERT_DAYS', new.`service` || '/' || new.`severity`, 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `alerts_counted_by_day_off` AFTER DELETE ON `alerts` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id` || '/' || (old.`raised_at` / 86400000), 'ALERT_DAYS', old.`service` || '/' || old.`severity`, -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
  SELECT r.`company_id` || '/' || (r.`raised_at` / 86400000), 'ALERT_DAYS', r.`service` || '/' || r.`severity`, count(*) FROM `alerts` r WHERE true GROUP BY 1, 3;
