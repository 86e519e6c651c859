import { parseArgs } from 'node:util';
import type { SessionPermission } from '../graphql/graphql.ts';
import { UsageError } from './problems.ts';
import { permissionsOf } from './words.ts';

/** What an invitation offers, as it is typed: at the prompt and on the command line alike. */
export interface Offer {
  readonly profile?: string | undefined;
  readonly grant?: readonly SessionPermission[] | undefined;
  readonly revoke?: readonly SessionPermission[] | undefined;
  readonly note?: string | undefined;
}

/** What somebody types at the prompt. `number` names something that waits, `session` a session: where there are several. */
export type TypedCommand =
  | { readonly verb: 'invite'; readonly address: string; readonly offer: Offer }
  | { readonly verb: 'request'; readonly address: string }
  | { readonly verb: 'modify'; readonly number: number | null; readonly offer: Offer }
  | { readonly verb: 'cancel'; readonly number: number | null }
  | { readonly verb: 'connect'; readonly number: number | null; readonly offer: Offer }
  | { readonly verb: 'reject'; readonly number: number | null }
  | {
      readonly verb: 'grant' | 'revoke' | 'ask';
      readonly permissions: readonly SessionPermission[];
      readonly session: number | null;
    }
  | { readonly verb: 'permissions' | 'end'; readonly session: number | null }
  | { readonly verb: 'status' | 'help' | 'quit' };

/** Every word that starts a command, and the one that it stands for. */
const VERBS: Readonly<Record<string, TypedCommand['verb']>> = {
  invite: 'invite',
  request: 'request',
  modify: 'modify',
  cancel: 'cancel',
  c: 'connect',
  connect: 'connect',
  accept: 'connect',
  allow: 'connect',
  r: 'reject',
  reject: 'reject',
  dismiss: 'reject',
  refuse: 'reject',
  grant: 'grant',
  revoke: 'revoke',
  ask: 'ask',
  permissions: 'permissions',
  end: 'end',
  status: 'status',
  help: 'help',
  '?': 'help',
  quit: 'quit',
  exit: 'quit',
  q: 'quit',
};

/** At most 80 columns wide. */
export const PROMPT_HELP = `Answer what comes in (with its number where there are several):
  c [1]                    connect, let in, grant what is asked for
  c 2 --profile "Screen sharing"   let a request in with this profile
  r [1]                    reject, dismiss, refuse
Invite others to this device:
  invite 123 456 789       by ID; or by alias: invite front-desk@acme
     --profile "Screen sharing"  --grant INPUT  --revoke AUDIO  --note "hello"
  modify [3] --revoke INPUT   change what a waiting invitation offers
  cancel [3]               take an invitation or a request back
Ask to be let in to another device:
  request 123 456 789
During a session (with s1, s2 … where there are several):
  permissions [s1]         what the other side may do
  grant AUDIO,INPUT [s1]   allow more; revoke AUDIO: allow less (on this device)
  ask VPN [s1]             ask for more (on the other device)
  end [s1]
And: status, help, quit.`;

/**
 * Reads one typed line. Null for an empty one.
 * @throws UsageError with a sentence for the person.
 */
export function readCommand(line: string): TypedCommand | null {
  const [word, ...args] = words(line);
  if (word === undefined) return null;
  const verb = VERBS[word.toLowerCase()];
  switch (verb) {
    case undefined:
      throw new UsageError(`There is no command “${word}”. Type help for those that there are.`);
    case 'invite': {
      const { rest, offer } = withOffer(args);
      return { verb, offer, address: addressIn(rest, 'Invite whom?', 'invite') };
    }
    case 'request':
      return { verb, address: addressIn(args, 'Ask which device?', 'request') };
    case 'modify': {
      const { rest, offer } = withOffer(args);
      if (Object.keys(offer).length === 0) {
        throw new UsageError('Modify what? For example: modify --revoke INPUT, modify --profile "Full access".');
      }
      return { verb, offer, number: numberIn(rest) };
    }
    case 'connect': {
      const { rest, offer } = withOffer(args);
      return { verb, offer, number: numberIn(rest) };
    }
    case 'cancel':
    case 'reject':
      return { verb, number: numberIn(args) };
    case 'grant':
    case 'revoke':
    case 'ask': {
      const last = args.at(-1) ?? '';
      const session = /^s\d+$/i.test(last) ? Number(last.slice(1)) : null;
      const named = session === null ? args : args.slice(0, -1);
      return { verb, session, permissions: permissionsIn(named.join(',')) };
    }
    case 'permissions':
    case 'end':
      return { verb, session: sessionIn(args) };
    default:
      return { verb };
  }
}

/** Splits at blanks, but not inside of quotes; what follows `=` may be quoted too. */
function words(line: string): string[] {
  const found: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (const character of line) {
    if (quote !== null) {
      if (character === quote) quote = null;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) found.push(word);
      word = null;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== null) throw new UsageError(`There is a ${quote} without its other.`);
  if (word !== null) found.push(word);
  return found;
}

function withOffer(args: string[]): { rest: string[]; offer: Offer } {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        profile: { type: 'string' },
        grant: { type: 'string' },
        revoke: { type: 'string' },
        note: { type: 'string' },
      },
    });
    return { rest: positionals, offer: offerOf(values) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

/** The offer out of options as they were typed. @throws UsageError for what is no permission. */
export function offerOf(options: {
  profile?: string | undefined;
  grant?: string | undefined;
  revoke?: string | undefined;
  note?: string | undefined;
}): Offer {
  return {
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.grant === undefined ? {} : { grant: permissionsIn(options.grant) }),
    ...(options.revoke === undefined ? {} : { revoke: permissionsIn(options.revoke) }),
    ...(options.note === undefined ? {} : { note: options.note }),
  };
}

function permissionsIn(text: string): SessionPermission[] {
  try {
    return permissionsOf(text);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function addressIn(args: readonly string[], question: string, verb: string): string {
  const address = args.join(' ');
  if (address === '') throw new UsageError(`${question} For example: ${verb} 123 456 789, ${verb} front-desk@acme.`);
  return address;
}

function numberIn(args: readonly string[]): number | null {
  const [text, ...others] = args;
  if (text === undefined) return null;
  if (others.length > 0 || !/^#?\d+$/.test(text)) {
    throw new UsageError(`“${args.join(' ')}” is not the number of anything; the numbers stand in front.`);
  }
  return Number(text.replace('#', ''));
}

function sessionIn(args: readonly string[]): number | null {
  const [text, ...others] = args;
  if (text === undefined) return null;
  if (others.length > 0 || !/^s?\d+$/i.test(text)) throw new UsageError(`“${args.join(' ')}” is no session: s1, s2 ….`);
  return Number(text.replace(/^s/i, ''));
}
