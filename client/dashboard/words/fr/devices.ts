import type { Translated } from '../../app/words.ts';
import type devices from '../en/devices.ts';

export default {} satisfies Translated<typeof devices>;
