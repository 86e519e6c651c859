import type { Change } from './change.ts';
import { change, type Repeatable } from './change.ts';
import type { Context } from './context.ts';

/** The input of an operation that can be asked for what it would do (API-03). */
export interface Previewable extends Repeatable {
  dryRun?: boolean | null | undefined;
}

/** Carries the outcome out of a transaction that is undone. */
class Undone extends Error {
  override name = 'Undone';
  readonly outcome: unknown;
  constructor(outcome: unknown) {
    super('a preview, undone');
    this.outcome = outcome;
  }
}

/**
 * As `change`; with `dryRun` everything is undone again once it was done, so that a preview answers and refuses exactly
 * as the operation would, and nobody hears of it. A preview takes no heed of an idempotency key.
 */
export async function changeOrPreview<R>(
  ctx: Context,
  operation: string,
  input: Previewable,
  work: (tx: Change) => Promise<R>,
): Promise<R> {
  if (!input.dryRun) return change(ctx, operation, input, work);
  try {
    return await change(ctx, operation, {}, async (tx) => {
      throw new Undone(await work(tx));
    });
  } catch (error) {
    if (error instanceof Undone) return error.outcome as R;
    throw error;
  }
}
