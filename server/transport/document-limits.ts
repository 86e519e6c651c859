import { type DocumentNode, GraphQLError, getOperationAST, type ParseOptions, type Source } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Language } from '../db/tables/accounts.ts';
import type { Context } from '../schema/builder.ts';
import { denialMessage } from '../schema/messages.ts';
import {
  type Broken,
  type DocumentLimits,
  type Judgement,
  judgeDocument,
  longestList,
  type Variables,
} from './document-walk.ts';

/** What a request says beside its document (GraphQL over HTTP, 5.1), and what Yoga adds to the context of ours. */
interface Asked {
  readonly params?: { readonly extensions?: { readonly cost?: unknown } | null | undefined } | null;
}

/** What hooks of executing and of subscribing have in common. */
interface Operation {
  readonly args: {
    readonly document: DocumentNode;
    readonly operationName?: string | null;
    readonly variableValues?: Variables | null;
    readonly contextValue: Context & Asked;
  };
  readonly setResultAndStopExecution: (result: { errors: GraphQLError[] }) => void;
}

/**
 * Refuses what costs more than it is worth, over HTTP and WebSocket alike: tokens while parsing; then, before the
 * document is validated, the rest in one walk that follows fragments (each use counts) and knows no schema; and, when
 * the variables are there, what depends on them. What is let through tells its cost where it is asked to.
 */
export function useDocumentLimits(judge: DocumentJudge): Plugin<Context> {
  const beforeRunning = ({ args, setResultAndStopExecution }: Operation): void => {
    const { document, contextValue } = args;
    const broken = judge.variables(document, args.variableValues ?? {});
    if (broken) setResultAndStopExecution({ errors: [tooLarge(broken, contextValue.request.language)] });
  };
  const costOf = ({ args }: Operation): { cost: Cost } | null =>
    asksForCost(args.contextValue.params)
      ? judge.cost(args.document, args.operationName ?? null, args.variableValues ?? {})
      : null;
  return {
    onParse({ context, setParseFn, parseFn }) {
      const language = languageOf(context);
      setParseFn((source, options) => parseTokens(parseFn, source, options, judge.limits.QUERY_MAX_TOKENS, language));
    },
    onValidate({ context, params, setResult }) {
      const { broken } = judge.document(params.documentAST as DocumentNode);
      if (!broken) return undefined;
      const refused = [tooLarge(broken, languageOf(context))];
      setResult(refused);
      // Yoga's cache comes after us, with what whoever asked first was told, in their language.
      return (validated) => validated.setResult(refused);
    },
    onExecute(operation) {
      beforeRunning(operation as Operation);
      const cost = costOf(operation as Operation);
      if (!cost) return undefined;
      return {
        onExecuteDone({ result, setResult }) {
          if (!isAsyncIterable(result)) setResult({ ...result, extensions: { ...result.extensions, ...cost } });
        },
      };
    },
    onSubscribe(operation) {
      beforeRunning(operation as unknown as Operation);
      const cost = costOf(operation as unknown as Operation);
      if (!cost) return undefined;
      return {
        onSubscribeResult: () => ({
          onNext({ result, setResult }) {
            setResult({ ...result, extensions: { ...result.extensions, ...cost } });
          },
        }),
      };
    },
  };
}

/** Of the caller, who was let in before the document was looked at (`useAdmission`). */
function languageOf(context: object): Language {
  return (context as { admitted: Context }).admitted.request.language;
}

/** Whether a request wants to be told what it costs: `extensions: {cost: true}` beside its document. */
export function asksForCost(params: Asked['params']): boolean {
  return params?.extensions?.cost === true;
}

/** As in `extensions.cost` of an answer. */
export interface Cost {
  /** What the operation may cost with these variables, however much there turned out to be. */
  readonly requested: number;
  readonly limit: number;
}

/** Judges documents, each once, and the variables of each operation. */
export class DocumentJudge {
  readonly limits: DocumentLimits;
  readonly #judged = new WeakMap<DocumentNode, Judgement>();

  constructor(limits: DocumentLimits) {
    this.limits = limits;
  }

  document(document: DocumentNode): Judgement {
    let judgement = this.#judged.get(document);
    if (!judgement) {
      judgement = judgeDocument(document, this.limits);
      this.#judged.set(document, judgement);
    }
    return judgement;
  }

  /** The limit that the variables break, or make the document break; null for none. */
  variables(document: DocumentNode, variables: Variables): Broken | null {
    const most = this.limits.QUERY_MAX_LIST;
    if (longestList(variables) > most) return { what: 'entries of one list', limit: most };
    return this.#with(document, variables).broken;
  }

  /** As extensions of an answer; null where the document has no such operation. */
  cost(document: DocumentNode, operationName: string | null, variables: Variables): { cost: Cost } | null {
    const operation = getOperationAST(document, operationName);
    const requested = operation && this.#with(document, variables).costs.get(operation);
    return requested === undefined || requested === null
      ? null
      : { cost: { requested, limit: this.limits.QUERY_MAX_COMPLEXITY } };
  }

  #with(document: DocumentNode, variables: Variables): Judgement {
    const judgement = this.document(document);
    return judgement.dependsOnVariables ? judgeDocument(document, this.limits, variables) : judgement;
  }
}

type Parse = (source: string | Source, options?: ParseOptions) => DocumentNode;

/** graphql 17.1.0 gives this error no code of its own. */
const TOO_MANY_TOKENS = /^Syntax Error: Document contains more than \d+ tokens/;

/** Parses no more tokens than are allowed, and says so under our own code. */
function parseTokens(
  parse: Parse,
  source: string | Source,
  options: ParseOptions | undefined,
  limit: number,
  language: Language,
): DocumentNode {
  try {
    return parse(source, { ...options, maxTokens: limit });
  } catch (error) {
    const tooMany = error instanceof GraphQLError && TOO_MANY_TOKENS.test(error.message);
    throw tooMany ? tooLarge({ what: 'tokens', limit }, language) : error;
  }
}

/** QUERY_TOO_LARGE, as clients get it. */
export function tooLarge({ what, limit }: Broken, language: Language): GraphQLError {
  return new GraphQLError(denialMessage(language, 'QUERY_TOO_LARGE', { what, limit }), {
    // Yoga reads `http`: 400, but 200 for clients that accept application/json only.
    extensions: { code: 'QUERY_TOO_LARGE', what, limit, http: { status: 400, spec: true } },
  });
}
