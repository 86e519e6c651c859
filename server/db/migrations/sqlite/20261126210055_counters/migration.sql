-- How many rows there are of each kind (server/db/tables/counters.ts), kept in the transactions that write them.
CREATE TRIGGER `devices_counted` AFTER INSERT ON `devices` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id`, 'ONLINE_DEVICES', '', 1 WHERE new.`online` AND new.`company_id` IS NOT NULL AND new.`removed_at` IS NULL
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `devices_counted_anew` AFTER UPDATE OF `online`, `company_id`, `removed_at` ON `devices`
WHEN old.`online` IS NOT new.`online` OR old.`company_id` IS NOT new.`company_id` OR old.`removed_at` IS NOT new.`removed_at` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id`, 'ONLINE_DEVICES', '', -1 WHERE old.`online` AND old.`company_id` IS NOT NULL AND old.`removed_at` IS NULL
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id`, 'ONLINE_DEVICES', '', 1 WHERE new.`online` AND new.`company_id` IS NOT NULL AND new.`removed_at` IS NULL
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `devices_counted_off` AFTER DELETE ON `devices` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id`, 'ONLINE_DEVICES', '', -1 WHERE old.`online` AND old.`company_id` IS NOT NULL AND old.`removed_at` IS NULL
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
  SELECT r.`company_id`, 'ONLINE_DEVICES', '', count(*) FROM `devices` r WHERE r.`online` AND r.`company_id` IS NOT NULL AND r.`removed_at` IS NULL GROUP BY 1, 3;--> statement-breakpoint
CREATE TRIGGER `device_group_members_counted` AFTER INSERT ON `device_group_members` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`group_id`, 'GROUPED_DEVICES', '', 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `device_group_members_counted_anew` AFTER UPDATE OF `group_id` ON `device_group_members`
WHEN old.`group_id` IS NOT new.`group_id` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`group_id`, 'GROUPED_DEVICES', '', -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`group_id`, 'GROUPED_DEVICES', '', 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `device_group_members_counted_off` AFTER DELETE ON `device_group_members` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`group_id`, 'GROUPED_DEVICES', '', -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
  SELECT r.`group_id`, 'GROUPED_DEVICES', '', count(*) FROM `device_group_members` r WHERE true GROUP BY 1, 3;--> statement-breakpoint
CREATE TRIGGER `alerts_counted` AFTER INSERT ON `alerts` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id`, 'ALERTS', new.`service` || '/' || new.`state` || '/' || new.`kind` || '/' || new.`severity`, 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `alerts_counted_anew` AFTER UPDATE OF `company_id`, `service`, `state`, `kind`, `severity` ON `alerts`
WHEN old.`company_id` IS NOT new.`company_id` OR old.`service` IS NOT new.`service` OR old.`state` IS NOT new.`state` OR old.`kind` IS NOT new.`kind` OR old.`severity` IS NOT new.`severity` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id`, 'ALERTS', old.`service` || '/' || old.`state` || '/' || old.`kind` || '/' || old.`severity`, -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id`, 'ALERTS', new.`service` || '/' || new.`state` || '/' || new.`kind` || '/' || new.`severity`, 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `alerts_counted_off` AFTER DELETE ON `alerts` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id`, 'ALERTS', old.`service` || '/' || old.`state` || '/' || old.`kind` || '/' || old.`severity`, -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
  SELECT r.`company_id`, 'ALERTS', r.`service` || '/' || r.`state` || '/' || r.`kind` || '/' || r.`severity`, count(*) FROM `alerts` r WHERE true GROUP BY 1, 3;--> statement-breakpoint
CREATE TRIGGER `service_activations_counted` AFTER INSERT ON `service_activations` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id`, 'ACTIVATIONS', new.`service` || '/' || new.`state`, 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `service_activations_counted_anew` AFTER UPDATE OF `company_id`, `service`, `state` ON `service_activations`
WHEN old.`company_id` IS NOT new.`company_id` OR old.`service` IS NOT new.`service` OR old.`state` IS NOT new.`state` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id`, 'ACTIVATIONS', old.`service` || '/' || old.`state`, -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`company_id`, 'ACTIVATIONS', new.`service` || '/' || new.`state`, 1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `service_activations_counted_off` AFTER DELETE ON `service_activations` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`company_id`, 'ACTIVATIONS', old.`service` || '/' || old.`state`, -1 WHERE true
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
  SELECT r.`company_id`, 'ACTIVATIONS', r.`service` || '/' || r.`state`, count(*) FROM `service_activations` r WHERE true GROUP BY 1, 3;--> statement-breakpoint
CREATE TRIGGER `events_counted` AFTER INSERT ON `events` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT new.`stream`, 'EVENTS', new.`concept` || '/' || new.`change`, 1 WHERE new.`stream` LIKE 'company:%'
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
CREATE TRIGGER `events_counted_off` AFTER DELETE ON `events` BEGIN
  INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
    SELECT old.`stream`, 'EVENTS', old.`concept` || '/' || old.`change`, -1 WHERE old.`stream` LIKE 'company:%'
    ON CONFLICT DO UPDATE SET `count` = `count` + excluded.`count`;
END;--> statement-breakpoint
INSERT INTO `counters` (`scope`, `counted`, `kind`, `count`)
  SELECT r.`stream`, 'EVENTS', r.`concept` || '/' || r.`change`, count(*) FROM `events` r WHERE r.`stream` LIKE 'company:%' GROUP BY 1, 3;
