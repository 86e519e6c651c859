import {
  type DocumentNode,
  execute,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isUnionType,
  parse,
} from 'graphql';
import type { Context } from '../domain/context.ts';
import { Denial, type DenialCode } from '../domain/denials.ts';
import { createLoaders } from '../schema/loaders.ts';

/** What a caller gets to see, by any path. */
export interface Crawl {
  /** For each object type the ids of the objects that were seen; of one without an id, of the object that it is part of. */
  readonly seen: ReadonlyMap<string, ReadonlySet<string>>;
  /** The ids of the objects that can be read again by `node`. */
  readonly readable: ReadonlySet<string>;
  /** Every text in every answer. */
  readonly texts: ReadonlySet<string>;
  /** What each field answered, such as `Company.roles`, on whatever object: a value, null or a denial’s code. */
  readonly fields: ReadonlyMap<string, ReadonlySet<FieldAnswer>>;
}

export type FieldAnswer = 'VALUE' | 'NULL' | DenialCode;

/** Values for arguments that have to be given, by the coordinate of the argument, such as `Policy.differences(from:)`. */
export type GivenArguments = Readonly<Record<string, string>>;

/** Some steps from the root, or from an object that is read by its id, to objects of a type. */
interface Path {
  /** Whom the steps begin at; null: the root. */
  readonly id: string | null;
  readonly steps: readonly string[];
  readonly type: GraphQLObjectType;
  /** The types on the way, so that it ends. */
  readonly passed: ReadonlySet<string>;
}

/** One step of a path, and what it leads to. */
interface Edge {
  readonly step: string;
  readonly leaf: boolean;
  /** Such as `Company.roles`. */
  readonly coordinate: string;
}

interface Answered {
  readonly values: readonly unknown[];
  readonly denied: DenialCode | null;
}

/**
 * Reads everything that the caller can, from every root field on, through every field of every object that is met, each
 * field by itself, so that what one of them denies hides no other. Pages are read as far as they go in one.
 */
export async function crawl(schema: GraphQLSchema, ctx: Context, given: GivenArguments): Promise<Crawl> {
  const crawler = new Crawler(schema, ctx, given);
  await crawler.run();
  return crawler;
}

class Crawler implements Crawl {
  readonly seen = new Map<string, Set<string>>();
  readonly readable = new Set<string>();
  readonly texts = new Set<string>();
  readonly fields = new Map<string, Set<FieldAnswer>>();
  readonly #schema: GraphQLSchema;
  readonly #ctx: Context;
  readonly #given: GivenArguments;
  readonly #documents = new Map<string, DocumentNode>();
  readonly #met = new Set<string>();
  readonly #left: Path[] = [];

  constructor(schema: GraphQLSchema, ctx: Context, given: GivenArguments) {
    this.#schema = schema;
    this.#ctx = ctx;
    this.#given = given;
  }

  async run(): Promise<void> {
    const root = this.#schema.getQueryType();
    if (root) this.#left.push({ id: null, steps: [], type: root, passed: new Set() });
    for (let path = this.#left.pop(); path; path = this.#left.pop()) await this.#expand(path);
  }

  async #expand(path: Path): Promise<void> {
    const edges = Object.values(path.type.getFields()).flatMap((field) => this.#edgeOf(path.type, field) ?? []);
    const answers = await this.#answers(path, edges);
    for (const [i, edge] of edges.entries()) {
      const { values = [], denied = null } = answers[i] ?? {};
      const told = this.fields.get(edge.coordinate) ?? new Set();
      this.fields.set(edge.coordinate, told.add(denied ?? (values.length > 0 ? 'VALUE' : 'NULL')));
      for (const value of values) {
        if (edge.leaf) this.#note(value);
        else await this.#meet(path, edge.step, value as { __typename: string; id?: string });
      }
    }
  }

  /** Null for a field that is none to be followed: objects are read by `node` anyway. */
  #edgeOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): Edge | null {
    if (type === this.#schema.getQueryType() && (field.name === 'node' || field.name === 'nodes')) return null;
    const values: string[] = [];
    for (const arg of field.args) {
      const coordinate = `${type.name}.${field.name}(${arg.name}:)`;
      const value = this.#given[coordinate] ?? (arg.name === 'first' ? '100' : undefined);
      if (value !== undefined) values.push(`${arg.name}: ${value}`);
      else if (isNonNullType(arg.type) && arg.defaultValue === undefined) throw new Error(`no value for ${coordinate}`);
    }
    const step = values.length > 0 ? `${field.name}(${values.join(', ')})` : field.name;
    return { step, leaf: isLeafType(getNamedType(field.type)), coordinate: `${type.name}.${field.name}` };
  }

  /** An object is read on by its id; one that cannot be, or has none, by the path that led to it. */
  async #meet(path: Path, step: string, { __typename, id }: { __typename: string; id?: string }): Promise<void> {
    const type = this.#schema.getType(__typename);
    if (!isObjectType(type)) throw new Error(`${__typename} is no object type`);
    const owner = id ?? path.id ?? '';
    this.seen.set(type.name, (this.seen.get(type.name) ?? new Set()).add(owner));
    if (id) this.texts.add(id);
    const key = id ?? `${path.id} ${path.steps.join(' ')} ${step} ${__typename}`;
    if (this.#met.has(key) || (!id && path.passed.has(type.name))) return;
    this.#met.add(key);
    if (id && (await this.#isReadable(id))) {
      this.readable.add(id);
      this.#left.push({ id, steps: [`... on ${__typename}`], type, passed: new Set() });
    } else {
      const passed = new Set([...path.passed, type.name]);
      this.#left.push({ ...path, steps: [...path.steps, step, `... on ${__typename}`], type, passed });
    }
  }

  async #isReadable(id: string): Promise<boolean> {
    const { data } = await this.#ask('query ($id: ID!) { node(id: $id) { id } }', id);
    return data?.['node'] !== null && data !== null;
  }

  /** What each edge answers: asked in one request, or one by one where an error left nothing of the whole. */
  async #answers(path: Path, edges: readonly Edge[]): Promise<Answered[]> {
    const { data, denials } = await this.#ask(this.#sourceOf(path, edges), path.id);
    if (!data && edges.length > 1) {
      const answers: Answered[] = [];
      for (const edge of edges) answers.push(...(await this.#answers(path, [edge])));
      return answers;
    }
    return edges.map((edge, i) => ({
      values: data ? valuesAt(data[`e${i}`], path, edge) : [],
      denied: denials.get(`e${i}`) ?? null,
    }));
  }

  #sourceOf({ id, steps }: Path, edges: readonly Edge[]): string {
    const all = id === null ? [] : ['node(id: $id)'];
    const selections = edges.map(({ step, leaf }, i) => {
      const way = [...all, ...steps, step];
      const type = leaf ? '' : ` { __typename ... on Node { id } }`;
      return `e${i}: ${way.join(' { ')}${type}${' }'.repeat(way.length - 1)}`;
    });
    return `${id === null ? 'query' : 'query ($id: ID!)'} { ${selections.join(' ')} }`;
  }

  /** The answer, and the code of what was denied by the name of the root field that it was denied in. */
  async #ask(source: string, id: string | null) {
    let document = this.#documents.get(source);
    if (!document) {
      document = parse(source);
      this.#documents.set(source, document);
    }
    const contextValue = { ...this.#ctx, loaders: createLoaders(this.#ctx), setCookie: null };
    const variableValues = id === null ? {} : { id };
    const { data, errors = [] } = await execute({ schema: this.#schema, document, variableValues, contextValue });
    const denials = new Map<string, DenialCode>();
    for (const { originalError, message, path } of errors) {
      if (!(originalError instanceof Denial)) throw new Error(`${source}: ${originalError?.stack ?? message}`);
      denials.set(String(path?.[0]), originalError.code);
    }
    return { data: (data ?? null) as Record<string, unknown> | null, denials };
  }

  #note(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) this.#note(one);
    else if (value !== null && value !== undefined) this.texts.add(String(value));
  }
}

/** What stands at the end of the steps, through every list. */
function valuesAt(top: unknown, { id, steps }: Path, edge: Edge | undefined): unknown[] {
  // The first step is behind the alias already; conditions on types leave no trace.
  const way = [...(id === null ? [] : ['node']), ...steps, edge?.step ?? ''];
  const names = way.filter((step) => !step.startsWith('...')).map((step) => step.split('(')[0] ?? '');
  let values = [top];
  for (const name of ['', ...names.slice(1)]) {
    values = values
      .map((value) => (name === '' ? value : (value as Record<string, unknown>)[name]))
      .flat(Number.POSITIVE_INFINITY)
      .filter((value) => value !== null && value !== undefined);
  }
  return values;
}

/** A selection of all that an object has, so many objects deep: for events, which cannot be asked a second time. */
export function wholeSelection(schema: GraphQLSchema, typeName: string, given: GivenArguments, depth: number): string {
  const type = schema.getType(typeName);
  if (isUnionType(type) || isInterfaceType(type)) {
    const each = schema
      .getPossibleTypes(type)
      .map(({ name }) => `... on ${name} ${wholeSelection(schema, name, given, depth)}`);
    return `{ __typename ${each.join(' ')} }`;
  }
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    if (!isLeafType(named) && depth === 0) return [];
    if (field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined)) return [];
    // Types that do not agree on a field of one name are told apart by an alias.
    return [`${type.name}_${field.name}: ${field.name} ${wholeSelection(schema, named.name, given, depth - 1)}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}
