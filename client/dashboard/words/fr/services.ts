import type { Translated } from '../../app/words.ts';
import type services from '../en/services.ts';

export default {} satisfies Translated<typeof services>;
