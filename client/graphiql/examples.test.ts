import { readFileSync } from 'node:fs';
import { buildSchema, getVariableValues, Kind, type OperationDefinitionNode, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { EXAMPLES } from './examples.ts';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));

test.each(EXAMPLES)('API-06 the example $name is valid against schema.graphql, with its variables', (example) => {
  const document = parse(example.document);
  expect(validate(schema, document)).toEqual([]);

  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  expect(operations.map(({ name }) => name?.value)).toEqual([example.name]);
  const variables = JSON.parse(example.variables ?? '{}') as Record<string, unknown>;
  const declared = operations[0]?.variableDefinitions ?? [];
  expect(getVariableValues(schema, declared, variables)).not.toHaveProperty('errors');
  expect(Object.keys(variables)).toEqual(declared.map(({ variable }) => variable.name.value));
});

test('API-06 examples show a query, a mutation and a subscription, each under a name of its own', () => {
  const kinds = EXAMPLES.map(({ document }) => /^(query|mutation|subscription) /m.exec(document)?.[1]);
  expect(new Set(kinds)).toEqual(new Set(['query', 'mutation', 'subscription']));
  expect(new Set(EXAMPLES.map(({ name }) => name)).size).toBe(EXAMPLES.length);
});
