import { expect, it } from 'vitest';
import { Counter, Counters, exposition, Histogram } from './prometheus.ts';

it('numbers, counters, labels and histograms stand in the text format of Prometheus', () => {
  const plain = new Counter();
  plain.add();
  plain.add(2);
  const labelled = new Counters('type', 'outcome');
  labelled.of('query', 'ok').add();
  labelled.of('query', 'ok').add();
  labelled.of('mutation', 'a "b"\\\n').add();
  const one = new Counters('code');
  const seconds = new Histogram([0.1, 1]);
  for (const value of [0.1, 0.100001, 1, 7]) seconds.observe(value);
  expect(
    exposition([
      { name: 'now', help: 'A gauge.', type: 'gauge', value: 1.5 },
      { name: 'plain_total', help: 'A counter.', type: 'counter', value: plain },
      { name: 'labelled_total', help: 'Two labels.', type: 'counter', value: labelled },
      { name: 'none_total', help: 'Nothing yet.', type: 'counter', value: one },
      { name: 'read', help: 'Read.', type: 'gauge', value: [[{ a: 'x', b: 'y' }, 3]] },
      { name: 'seconds', help: 'A histogram.', type: 'histogram', value: seconds },
    ]).split('\n'),
  ).toEqual([
    '# HELP now A gauge.',
    '# TYPE now gauge',
    'now 1.5',
    '# HELP plain_total A counter.',
    '# TYPE plain_total counter',
    'plain_total 3',
    '# HELP labelled_total Two labels.',
    '# TYPE labelled_total counter',
    'labelled_total{type="query",outcome="ok"} 2',
    'labelled_total{type="mutation",outcome="a \\"b\\"\\\\\\n"} 1',
    '# HELP none_total Nothing yet.',
    '# TYPE none_total counter',
    '# HELP read Read.',
    '# TYPE read gauge',
    'read{a="x",b="y"} 3',
    '# HELP seconds A histogram.',
    '# TYPE seconds histogram',
    'seconds_bucket{le="0.1"} 1',
    'seconds_bucket{le="1"} 3',
    'seconds_bucket{le="+Inf"} 4',
    'seconds_sum 8.200001',
    'seconds_count 4',
    '',
  ]);
});

it('counting what is bound already makes nothing new', () => {
  const operations = new Counters('type', 'outcome');
  const bound = operations.of('query', 'ok');
  expect(operations.of('query', 'ok')).toBe(bound);
  expect(operations.of('query', 'TIMEOUT')).not.toBe(bound);
});
