import { createHash } from 'node:crypto';

/** Sizes of chunks in bytes. The same file is cut the same way only under the same sizes. */
export interface ChunkSizes {
  readonly min: number;
  /** A power of two: how far cuts are apart on average, beyond `min`. */
  readonly average: number;
  readonly max: number;
}

/** Large enough that a terabyte is some million chunks, small enough that a changed page of a database costs little. */
export const CHUNK_SIZES: ChunkSizes = { min: 256 * 1024, average: 1024 * 1024, max: 4 * 1024 * 1024 };

/** A random number for each byte, equal on all machines. */
const GEAR = Uint32Array.from({ length: 256 }, (_, byte) => {
  return createHash('sha256').update(`beckon gear ${byte}`).digest().readUInt32LE(0);
});

/**
 * Cuts a stream where its content says so (a gear hash of the last 32 bytes), so that bytes put in at the front move
 * the cuts along, and all that follows is known already. Holds at most `max` bytes and one part of the stream.
 */
export async function* chunksOf(
  source: AsyncIterable<Buffer>,
  { min, average, max }: ChunkSizes = CHUNK_SIZES,
): AsyncGenerator<Buffer> {
  // The highest bits depend on all of the last 32 bytes.
  const bits = Math.log2(average);
  const mask = (0xffffffff << (32 - bits)) >>> 0;
  let parts: Buffer[] = [];
  let length = 0;
  let hash = 0;
  for await (const part of source) {
    let start = 0;
    for (let at = 0; at < part.length; at++) {
      length += 1;
      hash = ((hash << 1) + (GEAR[part[at] as number] as number)) >>> 0;
      if (length < max && (length < min || (hash & mask) !== 0)) continue;
      parts.push(part.subarray(start, at + 1));
      yield Buffer.concat(parts);
      parts = [];
      length = 0;
      hash = 0;
      start = at + 1;
    }
    if (start < part.length) parts.push(part.subarray(start));
  }
  if (length > 0) yield Buffer.concat(parts);
}
