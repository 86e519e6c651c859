import type { Translated } from '../../app/words.ts';
import type company from '../en/company.ts';

export default {} satisfies Translated<typeof company>;
