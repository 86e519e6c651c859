import type { Translated } from '../../app/words.ts';
import type contacts from '../en/contacts.ts';

export default {} satisfies Translated<typeof contacts>;
