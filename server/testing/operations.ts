import { type ExecutionResult, type GraphQLSchema, graphql } from 'graphql';
import type { Context } from '../domain/context.ts';
import { createLoaders } from '../schema/loaders.ts';
import { buildSchema } from '../schema/schema.ts';

let schema: GraphQLSchema | null = null;

/** Runs one operation on the schema itself, without a transport; errors come as the domain threw them. */
export async function operate(
  ctx: Context,
  source: string,
  variableValues: Record<string, unknown> = {},
): Promise<ExecutionResult> {
  schema ??= buildSchema();
  const contextValue = { ...ctx, loaders: createLoaders(ctx), setCookie: null };
  return graphql({ schema, source, variableValues, contextValue });
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
