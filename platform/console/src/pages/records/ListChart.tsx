import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Select, Space, Spin } from 'antd';
import { BarChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { isAddable, valueKind } from '../../api/fields';
import { groupUrl } from '../../api/query';
import type { FieldDescription, ObjectDescription } from '../../api/types';
import { Problem } from '../../components/Problem';

echarts.use([BarChart, GridComponent, TooltipComponent, SVGRenderer]);

type Group = Record<string, unknown> & { amount: number | null };

/** Counts or sums of the listed records by a field, computed by the server over all that the reader may see. */
export default function ListChart({ object, view, filter, search }: { object: ObjectDescription; view?: string; filter?: string; search?: string }) {
  const { t, i18n } = useTranslation();
  const keys = object.fields.filter((f) => ['picklist', 'boolean'].includes(valueKind(f)));
  const measures = object.fields.filter((f) => isAddable(f) && f.name !== 'version');
  const [by, setBy] = useState(keys.find((f) => ['stage', 'status'].includes(f.name))?.name ?? keys[0]?.name);
  const [measure, setMeasure] = useState<string>('');
  const field = keys.find((f) => f.name === by);
  const url = field && groupUrl(object.name, { by: field.name, sum: measure || undefined, view, filter, search });
  const groups = useQuery({
    queryKey: ['rows', object.name, 'chart', url],
    queryFn: () => call<{ value: Group[] }>(url!),
    enabled: !!url,
  });
  if (!field) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('list.noChart')} />;
  const bars = ordered(field, groups.data?.value ?? []).map((group) => ({
    label: labelOf(field, group[field.name], t('record.empty'), t('common.yes'), t('common.no')),
    amount: Number(group.amount ?? 0),
  }));
  return (
    <Card size="small" style={{ marginBottom: 16 }} data-testid="chart">
      <Space wrap style={{ marginBottom: 8 }}>
        <Select
          aria-label={t('list.measure')}
          style={{ minWidth: 160 }}
          value={measure}
          onChange={setMeasure}
          options={[{ value: '', label: t('list.count') }, ...measures.map((f) => ({ value: f.name, label: t('list.sum', { field: f.label }) }))]}
        />
        <Select
          aria-label={t('list.groupBy')}
          style={{ minWidth: 160 }}
          value={by}
          onChange={setBy}
          options={keys.map((f) => ({ value: f.name, label: t('list.by', { field: f.label }) }))}
        />
      </Space>
      <Problem error={groups.error} />
      {groups.isPending ? <Spin /> : <Bars bars={bars} language={i18n.language} />}
    </Card>
  );
}

/** Groups in the order of the picklist's values, empty last. */
function ordered(field: FieldDescription, groups: Group[]): Group[] {
  const place = (group: Group) => {
    const at = field.values?.findIndex((v) => v.key === group[field.name]) ?? -1;
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return [...groups].sort((a, b) => place(a) - place(b));
}

function labelOf(field: FieldDescription, value: unknown, empty: string, yes: string, no: string): string {
  if (value === null || value === undefined) return empty;
  if (typeof value === 'boolean') return value ? yes : no;
  return field.values?.find((v) => v.key === value)?.label ?? String(value);
}

function Bars({ bars, language }: { bars: { label: string; amount: number }[]; language: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const chart = echarts.init(box.current, null, { renderer: 'svg' });
    chart.setOption({
      grid: { left: 8, right: 8, top: 24, bottom: 8, containLabel: true },
      tooltip: { trigger: 'axis', valueFormatter: (value: unknown) => Number(value).toLocaleString(language) },
      xAxis: { type: 'category', data: bars.map((bar) => bar.label), axisTick: { show: false } },
      yAxis: { type: 'value', axisLabel: { formatter: (value: number) => value.toLocaleString(language, { notation: 'compact' }) } },
      series: [
        {
          type: 'bar',
          data: bars.map((bar) => bar.amount),
          barMaxWidth: 56,
          itemStyle: { color: '#1f4fd8', borderRadius: [4, 4, 0, 0] },
          label: { show: true, position: 'top', formatter: ({ value }: { value?: unknown }) => Number(value).toLocaleString(language, { notation: 'compact' }) },
        },
      ],
    });
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(box.current);
    return () => {
      observer.disconnect();
      chart.dispose();
    };
  }, [bars, language]);
  return <div ref={box} style={{ height: 260 }} />;
}
