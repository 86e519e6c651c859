import assert from 'node:assert/strict';
import { type ExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import type { Context } from '../domain/context.ts';
import { DoneOnce } from '../schema/done-once.ts';
import { createLoaders } from '../schema/loaders.ts';
import { buildSchema } from '../schema/schema.ts';
import { compileOperation } from '../transport/compiled-operations.ts';

let built: GraphQLSchema | null = null;

/** The schema, built once for each worker. */
export function schemaOnce(): GraphQLSchema {
  built ??= buildSchema();
  return built;
}

/**
 * Runs one operation on the schema itself, without a transport; errors come as the domain threw them. It runs
 * compiled, too, and fails where that answers anything else; what a mutation does is done once.
 */
export async function operate(
  ctx: Context,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<ExecutionResult> {
  const schema = schemaOnce();
  const contextValue = () => ({ ...ctx, loaders: createLoaders(ctx), setCookie: null, startedAt: 0 });
  const rootValue = new DoneOnce();
  const result = await graphql({ schema, source, variableValues, contextValue: contextValue(), rootValue });
  // Captchas are random.
  if (result.errors || source.includes('captcha')) return result;
  const document = parse(source);
  const run = compileOperation(schema, document, null);
  const compiled = await run?.({ variableValues, contextValue: contextValue(), rootValue });
  if (compiled) assert.equal(JSON.stringify(compiled.data), JSON.stringify(result.data));
  return result;
}

/** The data that an operation answers; fails where there are errors. */
export async function dataOf(
  ctx: Context,
  source: string,
  variableValues: Record<string, unknown> = {},
  // biome-ignore lint/suspicious/noExplicitAny: tests compare it, and say with each document what it holds
): Promise<any> {
  const { data, errors } = await operate(ctx, source, variableValues);
  if (errors?.[0]) throw errors[0].originalError ?? errors[0];
  return JSON.parse(JSON.stringify(data));
}
