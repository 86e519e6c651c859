import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Card, Group, NativeSelect, Switch, Table, Text, Title } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../graphql/graphql.ts';
import { useData } from '../data/use-data.tsx';
import { dayInUtc } from '../parts/ago.tsx';
import { AlertHistory } from './operations.ts';

/** Spans that the history is shown for, in days. */
const SPANS = [7, 30, 90] as const;

/** How many alerts were raised day by day, by severity: as bars, in a sentence, and as a table. */
export default function AlertChart({ service }: { service: Service | null }) {
  const { t, i18n } = useTranslation('alerts');
  const [days, setDays] = useState<number>(30);
  const [asTable, setAsTable] = useState(false);
  const still = useReducedMotion();
  const { data } = useData(AlertHistory, { days, service });
  const history = data?.viewer.account?.company?.alertHistory;
  if (!history) return null;
  const dayOf = (date: string): string => dayInUtc(date, i18n.language);
  const sum = (of: 'critical' | 'warning' | 'information' | 'raised'): number =>
    history.reduce((before, day) => before + day[of], 0);
  const summary = t('chart.summary', {
    count: sum('raised'),
    // Of what is shown: while another span is on its way, that is the one before.
    days: history.length,
    critical: sum('critical'),
    warning: sum('warning'),
    information: sum('information'),
  });
  return (
    <Card withBorder component="section" aria-labelledby="alert-chart">
      <Group justify="space-between" align="flex-end" mb="sm">
        <div>
          <Title order={2} size="h4" id="alert-chart">
            {t('chart.title')}
          </Title>
          <Text size="sm">{summary}</Text>
        </div>
        <Group align="center">
          <Switch
            label={t('chart.asTable')}
            checked={asTable}
            onChange={(event) => setAsTable(event.currentTarget.checked)}
          />
          <NativeSelect
            aria-label={t('chart.span')}
            value={String(days)}
            onChange={(event) => setDays(Number(event.currentTarget.value))}
            data={SPANS.map((span) => ({ value: String(span), label: t('chart.days', { count: span }) }))}
          />
        </Group>
      </Group>
      {asTable ? (
        <Table.ScrollContainer minWidth={360} mah={260}>
          <Table aria-label={t('chart.title')} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('chart.day')}</Table.Th>
                <Table.Th>{t('severity.CRITICAL')}</Table.Th>
                <Table.Th>{t('severity.WARNING')}</Table.Th>
                <Table.Th>{t('severity.INFORMATION')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {history.toReversed().map((day) => (
                <Table.Tr key={day.date}>
                  <Table.Th scope="row">{dayOf(day.date)}</Table.Th>
                  <Table.Td>{day.critical}</Table.Td>
                  <Table.Td>{day.warning}</Table.Td>
                  <Table.Td>{day.information}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        // The sentence above and the table say the same to who does not see it.
        <div aria-hidden="true">
          <BarChart
            h={200}
            data={history.map((day) => ({ ...day, day: dayOf(day.date) }))}
            dataKey="day"
            type="stacked"
            withLegend
            legendProps={{ verticalAlign: 'bottom', itemSorter: null }}
            tickLine="none"
            barProps={{ isAnimationActive: !still }}
            barChartProps={{ accessibilityLayer: false, margin: { top: 12 } }}
            yAxisProps={{ allowDecimals: false, width: 32 }}
            series={[
              { name: 'critical', color: 'red.7', label: t('severity.CRITICAL') },
              { name: 'warning', color: 'orange.5', label: t('severity.WARNING') },
              { name: 'information', color: 'blue.5', label: t('severity.INFORMATION') },
            ]}
          />
        </div>
      )}
    </Card>
  );
}
