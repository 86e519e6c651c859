import type { Translated } from '../../app/words.ts';
import type alerts from '../en/alerts.ts';

export default {} satisfies Translated<typeof alerts>;
