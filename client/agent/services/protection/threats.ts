import { createHash } from 'node:crypto';
import { SpokenError } from '../../spoken-error.ts';

/** A file that is, or may be, malware. */
export interface Threat {
  readonly path: string;
  /** What it is called. */
  readonly name: string;
}

/**
 * The first bytes of the EICAR test file, which every scanner takes for a threat so that it can be tried out. Put
 * together here, so that no scanner takes this source for one.
 */
export const EICAR = Buffer.from(
  ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join(''),
  'latin1',
);

/** The longest that a test file may be, in bytes; behind its text stand only blanks. */
const EICAR_MAX_BYTES = 128;

/** Looks at a file as it streams by; keeps only its beginning. */
export class ThreatDetector {
  readonly #hash = createHash('sha256');
  readonly #known: ReadonlyMap<string, string>;
  #start = Buffer.alloc(0);
  #bytes = 0;

  /** @param known Names of threats by the SHA-256 of the whole file, in lower-case hexadecimal digits. */
  constructor(known: ReadonlyMap<string, string>) {
    this.#known = known;
  }

  update(part: Buffer): void {
    this.#hash.update(part);
    this.#bytes += part.length;
    if (this.#start.length <= EICAR_MAX_BYTES) {
      this.#start = Buffer.concat([this.#start, part.subarray(0, EICAR_MAX_BYTES + 1)]);
    }
  }

  /** What the whole file is; null where it is nothing known. Call once. */
  finish(): { sha256: string; threat: string | null } {
    const sha256 = this.#hash.digest('hex');
    const isTest =
      this.#bytes <= EICAR_MAX_BYTES &&
      this.#start.subarray(0, EICAR.length).equals(EICAR) &&
      /^\s*$/.test(this.#start.toString('latin1', EICAR.length));
    return { sha256, threat: this.#known.get(sha256) ?? (isTest ? 'EICAR-Test-File' : null) };
  }
}

/**
 * Reads a list of known threats: on each line the SHA-256 of a file and what it is called (`sha256sum`'s form does).
 * @param unnamed What those without a name are called.
 * @throws SpokenError with the number of a line that is none.
 */
export function readKnownThreats(text: string, unnamed: string): Map<string, string> {
  const known = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    const plain = line.replace(/#.*/, '').trim();
    if (plain === '') continue;
    const [, hash = '', name = ''] = /^([0-9a-f]{64})(?:\s+\*?(.+))?$/i.exec(plain) ?? [];
    if (hash === '') throw new SpokenError(({ problems }) => problems.noHash(index + 1));
    known.set(hash.toLowerCase(), name || unnamed);
  }
  return known;
}
