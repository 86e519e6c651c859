import { table, text } from '../columns.ts';

/** What the installation itself keeps, by name: secrets shared by its nodes, the operator's token. */
export const settings = table('settings', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});
