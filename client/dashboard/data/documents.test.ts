import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, test } from 'vitest';

const CLIENT = join(import.meta.dirname, '..', '..');
const schema = buildSchema(readFileSync(join(CLIENT, '..', 'schema.graphql'), 'utf8'));

/** The documents of the dashboard, and what it takes from the typed client below it: fragments and subscriptions. */
const documents = globSync(['dashboard/**/*.{ts,tsx}', 'api/operations/*.ts'], { cwd: CLIENT })
  .flatMap((path) =>
    [...readFileSync(join(CLIENT, path), 'utf8').matchAll(/graphql\(`([^`]*)`\)/g)].map(([, text = '']) => ({
      path,
      text,
    })),
  )
  .filter(({ path, text }) => path.startsWith('dashboard') || /^\s*(fragment|subscription)/.test(text));

test('every object with an id is asked for its id, so that the cache knows it again', () => {
  const lacking: string[] = [];
  for (const { path, text } of documents) {
    const types = new TypeInfo(schema);
    const check = (selections: SelectionSetNode): void => {
      const type = types.getType() ?? types.getParentType();
      if (!isObjectType(type) && !isInterfaceType(type)) return;
      if (!('id' in type.getFields())) return;
      const asked = selections.selections.some(
        (selection) =>
          (selection.kind === Kind.FIELD && selection.name.value === 'id' && !selection.alias) ||
          // A fragment says what is shown of the object, its id among it.
          selection.kind === Kind.FRAGMENT_SPREAD,
      );
      if (!asked) lacking.push(`${path}: ${type.name} in ${text.trim().split('\n')[0]}`);
    };
    visit(
      parse(text),
      visitWithTypeInfo(types, {
        Field: ({ selectionSet }) => {
          if (selectionSet) check(selectionSet);
        },
        FragmentDefinition: ({ selectionSet }) => check(selectionSet),
      }),
    );
  }
  expect(documents.length).toBeGreaterThan(5);
  expect(lacking).toEqual([]);
});
