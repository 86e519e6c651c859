import { expect } from 'vitest';
import { Denial, type DenialCode } from '../domain/denials.ts';
import { Refusal, type RefusalCode } from '../domain/refusals.ts';

/** The refusal that an operation is answered with; fails where it succeeds or fails otherwise. */
export async function refusalOf(operation: Promise<unknown>, code: RefusalCode): Promise<Refusal> {
  const error = await failureOf(operation);
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).code).toBe(code);
  return error as Refusal;
}

/** The denial that an operation is answered with. */
export async function denialOf(operation: Promise<unknown>, code: DenialCode): Promise<Denial> {
  const error = await failureOf(operation);
  expect(error).toBeInstanceOf(Denial);
  expect((error as Denial).code).toBe(code);
  return error as Denial;
}

async function failureOf(operation: Promise<unknown>): Promise<unknown> {
  try {
    await operation;
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
}
