import type { Translated } from '../../app/words.ts';
import type invite from '../en/invite.ts';

export default {} satisfies Translated<typeof invite>;
