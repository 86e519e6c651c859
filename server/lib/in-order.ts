/**
 * What is asked for at once, judged in this order: of several that fail, the first in the list says what is thrown,
 * whichever fails first.
 */
export async function inOrder<T extends readonly unknown[]>(
  asked: readonly [...{ [Place in keyof T]: Promise<T[Place]> }],
): Promise<T> {
  const settled = await Promise.allSettled(asked);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  }) as unknown as T;
}
