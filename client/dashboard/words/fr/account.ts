import type { Translated } from '../../app/words.ts';
import type account from '../en/account.ts';

export default {} satisfies Translated<typeof account>;
