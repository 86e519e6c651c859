/**
 * The root value of a document that one executor may begin and another finish: what its mutations do is done once, and whoever words
 * the answer is told what came of it.
 */
export class DoneOnce {
  readonly #outcomes = new Map<string | number, Promise<unknown>>();

  /** @param key the name of the mutation in the answer. */
  outcomeOf(key: string | number, work: () => Promise<unknown>): Promise<unknown> {
    let outcome = this.#outcomes.get(key);
    if (!outcome) {
      outcome = work();
      this.#outcomes.set(key, outcome);
    }
    return outcome;
  }
}
