/** RFC 6455, 5.2: a text message in one frame. */
const WHOLE_TEXT = 0x81;
/** Lengths from here on stand in two bytes of their own, and in eight. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 65_536;

/** In place of the length: it follows in so many bytes. */
const IN_TWO = 126;
const IN_EIGHT = 127;

/**
 * The frame of a `next` message of graphql-transport-ws, from a server, whose payload is JSON already: in one piece, so that what
 * many are told is written once, and leaves by one write in place of two (bench/README.md).
 */
export function nextFrame(id: string, payload: Buffer): Buffer {
  const before = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  const beforeLength = Buffer.byteLength(before);
  const length = beforeLength + payload.length + 1;
  const header = length < TWO_BYTES ? 2 : length < EIGHT_BYTES ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = WHOLE_TEXT;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = IN_TWO;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = IN_EIGHT;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.write(before, header);
  frame.set(payload, header + beforeLength);
  frame[header + length - 1] = 0x7d; // }
  return frame;
}
