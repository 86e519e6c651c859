/** Woken when there is a new deadline, on every node: whoever watches deadlines looks for the nearest one again. */
export const DEADLINES = 'deadlines';
