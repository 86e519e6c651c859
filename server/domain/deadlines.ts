/** Woken when there is a new deadline, on every node: whoever watches deadlines looks for the nearest one again. */
export const DEADLINES = 'deadlines';

/**
 * Woken when there is a new deadline as far ahead as an invitation's or a session request's: whoever watches for a nearer one already has nothing to
 * look for. Four statements less for each of them.
 */
export const DEADLINES_OF_INVITATIONS = 'deadlines:invitations';
