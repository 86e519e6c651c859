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
  aide: 'help',
  '?': 'help',
  quit: 'quit',
  quitter: 'quit',
  exit: 'quit',
  q: 'quit',
};

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
      throw new UsageError(({ problems }) => problems.noCommand(word));
    case 'invite': {
      const { rest, offer } = withOffer(args);
      return { verb, offer, address: addressIn(rest, 'inviteWhom') };
    }
    case 'request':
      return { verb, address: addressIn(args, 'askWhich') };
    case 'modify': {
      const { rest, offer } = withOffer(args);
      if (Object.keys(offer).length === 0) throw new UsageError(({ problems }) => problems.modifyWhat);
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
      return { verb, session, permissions: permissionsOf(named.join(',')) };
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
  if (quote !== null) {
    const open = quote;
    throw new UsageError(({ problems }) => problems.openQuote(open));
  }
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
    if (error instanceof UsageError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const [option = ''] = /--?[\w-]+/.exec(message) ?? [];
    throw new UsageError(({ problems }) => {
      return code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
        ? problems.unknownOption(option)
        : problems.optionNeedsText(option);
    });
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
    ...(options.grant === undefined ? {} : { grant: permissionsOf(options.grant) }),
    ...(options.revoke === undefined ? {} : { revoke: permissionsOf(options.revoke) }),
    ...(options.note === undefined ? {} : { note: options.note }),
  };
}

function addressIn(args: readonly string[], question: 'inviteWhom' | 'askWhich'): string {
  const address = args.join(' ');
  if (address === '') throw new UsageError(({ problems }) => problems[question]);
  return address;
}

function numberIn(args: readonly string[]): number | null {
  const [text, ...others] = args;
  if (text === undefined) return null;
  if (others.length > 0 || !/^#?\d+$/.test(text)) {
    throw new UsageError(({ problems }) => problems.noNumber(args.join(' ')));
  }
  return Number(text.replace('#', ''));
}

function sessionIn(args: readonly string[]): number | null {
  const [text, ...others] = args;
  if (text === undefined) return null;
  if (others.length > 0 || !/^s?\d+$/i.test(text)) {
    throw new UsageError(({ problems }) => problems.noSessionNumber(args.join(' ')));
  }
  return Number(text.replace(/^s/i, ''));
}
