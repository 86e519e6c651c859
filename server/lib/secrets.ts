import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Prefixes of the secrets that Beckon hands out, so that a leaked one can be recognised (as GitHub's `ghp_`). */
export const SECRET_PREFIXES = {
  apiToken: 'bkn_pat_',
  deviceCredential: 'bkn_dev_',
  operatorToken: 'bkn_opr_',
  link: 'bkn_lnk_',
  signIn: 'bkn_sgn_',
  webhook: 'bkn_whk_',
} as const;

/** 32 bytes: twice the 128 bits that ASVS 7.2.3 asks for. */
export const SECRET_BYTES = 32;

/** A new random secret, to be shown once; only its `hashSecret` is stored. */
export function newSecret(kind: keyof typeof SECRET_PREFIXES): string {
  return SECRET_PREFIXES[kind] + randomBytes(SECRET_BYTES).toString('base64url');
}

const ANY_SECRET = new RegExp(`(${Object.values(SECRET_PREFIXES).join('|')})[\\w-]+`, 'g');

/** A text of somebody else's, as it may be kept and logged: what looks like a secret of ours is left out of it. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(ANY_SECRET, '$1…');
}

/** SHA-256, in base64url. Enough for secrets of 112 bits and more (ASVS 6.5.2); passwords take Argon2id instead. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url');
}

/** Compares without telling by time where the two differ. */
export function equalSecrets(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Encrypts with a key that only the holder of `passphrase` can derive (AES-256-GCM, HKDF-SHA-256). */
export function seal(passphrase: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealingKey(passphrase), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** What `seal` encrypted under the same passphrase. Throws where passphrase or text is another. */
export function unseal(passphrase: string, sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', sealingKey(passphrase), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function sealingKey(passphrase: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', passphrase, '', 'beckon sealed outcome', 32));
}
