/**
 * Counters in Prometheus's text format (version 0.0.4). What counts often is bound to its labels once, so that counting
 * is an addition: no object is made, no text put together.
 */

export class Counter {
  value = 0;

  add(by = 1): void {
    this.value += by;
  }
}

/** Counters told apart by one label or two. The values come from closed lists, so their number is bounded. */
export class Counters {
  readonly labels: readonly string[];
  readonly #children = new Map<string, Map<string, Counter>>();

  /** @param labels The names of one label, or two. */
  constructor(...labels: [string] | [string, string]) {
    this.labels = labels;
  }

  of(first: string, second = ''): Counter {
    let children = this.#children.get(first);
    if (!children) {
      children = new Map();
      this.#children.set(first, children);
    }
    let counter = children.get(second);
    if (!counter) {
      counter = new Counter();
      children.set(second, counter);
    }
    return counter;
  }

  *samples(): Iterable<readonly [values: readonly string[], value: number]> {
    for (const [first, children] of this.#children) {
      for (const [second, { value }] of children) yield [[first, second].slice(0, this.labels.length), value];
    }
  }
}

/** How many values were at most so large, for a few bounds, and their sum. */
export class Histogram {
  readonly bounds: readonly number[];
  /** Of values up to each bound and above the one before; the last are above all. */
  readonly counts: number[];
  sum = 0;

  /** @param bounds Ascending. */
  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = [...bounds.map(() => 0), 0];
  }

  observe(value: number): void {
    let at = 0;
    while (at < this.bounds.length && value > (this.bounds[at] as number)) at++;
    this.counts[at] = (this.counts[at] as number) + 1;
    this.sum += value;
  }
}

/** One metric: what Prometheus calls a family. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly value: number | Counter | Counters | Histogram | Labelled;
}

/** Values that are read when they are asked for, each with its labels. */
export type Labelled = readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];

/** All of them as text. */
export function exposition(metrics: readonly Metric[]): string {
  return metrics
    .map((metric) => {
      const { name, help, type } = metric;
      return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines(metric)].join('\n');
    })
    .join('\n')
    .concat('\n');
}

function lines({ name, value }: Metric): string[] {
  if (typeof value === 'number') return [`${name} ${value}`];
  if (value instanceof Counter) return [`${name} ${value.value}`];
  if (value instanceof Histogram) return histogramLines(name, value);
  if (value instanceof Counters) {
    const { labels } = value;
    return [...value.samples()].map(
      ([values, count]) => `${name}{${labels.map((label, i) => pair(label, values[i] ?? '')).join(',')}} ${count}`,
    );
  }
  return value.map(([labels, number]) => {
    const pairs = Object.entries(labels).map(([label, text]) => pair(label, text));
    return `${name}{${pairs.join(',')}} ${number}`;
  });
}

function histogramLines(name: string, { bounds, counts, sum }: Histogram): string[] {
  let below = 0;
  const buckets = counts.map((count, i) => {
    below += count;
    return `${name}_bucket{le="${bounds[i] ?? '+Inf'}"} ${below}`;
  });
  return [...buckets, `${name}_sum ${sum}`, `${name}_count ${below}`];
}

function pair(label: string, text: string): string {
  return `${label}="${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
