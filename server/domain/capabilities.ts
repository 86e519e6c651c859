import type { Config, Platform } from '../config.ts';
import { Refusal } from './refusals.ts';

export type InvitationMethod = 'EMAIL' | 'DIRECT';
export type Side = 'INVITER' | 'RECIPIENT';

/**
 * The least major version of the client that each method needs (INV-03, INV-05): the one table of what an invitation
 * takes. The platforms it holds for are the setting INVITATION_PLATFORMS (INV-01: Windows only, unless widened).
 */
const LEAST_MAJOR_VERSION: Readonly<Record<InvitationMethod, number>> = { EMAIL: 0, DIRECT: 7 };

export interface Client {
  readonly platform: Platform;
  readonly clientVersion: string;
}

/** The field of the input that names the device of a side. */
const FIELD: Readonly<Record<Side, string>> = { INVITER: 'deviceId', RECIPIENT: 'recipient' };

/**
 * Makes sure that a device can take part in an invitation.
 * @throws Refusal ClientNotSupported PLATFORM_NOT_SUPPORTED or VERSION_TOO_OLD, naming the side (INV-01, INV-04).
 */
export function requireCapability(
  config: Pick<Config, 'INVITATION_PLATFORMS'>,
  method: InvitationMethod,
  side: Side,
  client: Client,
): void {
  const { platform, clientVersion } = client;
  if (!config.INVITATION_PLATFORMS.includes(platform)) {
    throw new Refusal('ClientNotSupported', 'PLATFORM_NOT_SUPPORTED', [FIELD[side]], {
      side,
      platform,
      supportedPlatforms: config.INVITATION_PLATFORMS,
    });
  }
  const least = LEAST_MAJOR_VERSION[method];
  if (majorVersion(clientVersion) < least) {
    throw new Refusal('ClientNotSupported', 'VERSION_TOO_OLD', [FIELD[side]], {
      side,
      clientVersion,
      leastMajorVersion: least,
    });
  }
}

/** Up to four numbers, as clients write their versions: 7, 7.1, 7.1.13, 7.1.13.2. */
const VERSION = /^\d{1,5}(\.\d{1,5}){0,3}$/;

/** @throws Refusal InvalidInput INVALID_VERSION at `path`. */
export function versionOf(value: string, path: readonly string[]): string {
  if (!VERSION.test(value)) throw new Refusal('InvalidInput', 'INVALID_VERSION', path);
  return value;
}

function majorVersion(version: string): number {
  return Number.parseInt(version, 10);
}
