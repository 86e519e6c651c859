import type { Translated } from '../../app/words.ts';
import type sessions from '../en/sessions.ts';

export default {} satisfies Translated<typeof sessions>;
