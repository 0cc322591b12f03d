import { BarChartOutlined, DownloadOutlined, FilterOutlined, PlusOutlined, SettingOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Badge, Button, Card, Checkbox, Empty, Input, Popover, Select, Space, Spin, Table, type TableProps } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client';
import { columnsOf } from '../../api/columns';
import { isNumeric, isSortable } from '../../api/fields';
import { listUrl } from '../../api/query';
import type { ObjectDescription, Row, Rows } from '../../api/types';
import { useObject } from '../../app/model';
import { ColumnValue } from '../../components/FieldValue';
import { Problem } from '../../components/Problem';
import { FilterBar } from './FilterBar';
import { toFilter, type Condition } from './filters';
import { StartExport } from './StartExport';

// The chart library is larger than the page: loaded when somebody asks for a chart.
const ListChart = lazy(() => import('./ListChart'));

export function ListPage() {
  const { object: name } = useParams();
  const object = useObject(name);
  if (object.error) return <Problem error={object.error} />;
  if (!object.data) return <Spin />;
  return <RecordList key={object.data.name} object={object.data} />;
}

function RecordList({ object }: { object: ObjectDescription }) {
  const { t } = useTranslation();
  const [viewName, setViewName] = useState(object.views[0]?.name);
  const view = object.views.find((v) => v.name === viewName) ?? object.views[0];
  const [paths, setPaths] = useState<string[] | null>(null);
  const [typed, setTyped] = useState('');
  const [words, setWords] = useState('');
  const [conditions, setConditions] = useState<Condition[]>([]);
  const [filtering, setFiltering] = useState(false);
  const [charting, setCharting] = useState(false);
  const [exporting, setExporting] = useState(false);
  const [order, setOrder] = useState<{ path: string; descending: boolean }[]>([]);
  const [page, setPage] = useState({ current: 1, size: 20 });
  useEffect(() => {
    const timer = setTimeout(() => {
      setWords(typed.trim());
      setPage((p) => ({ ...p, current: 1 }));
    }, 300);
    return () => clearTimeout(timer);
  }, [typed]);

  const shown = useMemo(
    () => columnsOf(paths ?? view?.columns ?? [object.titleField], object, object.reached),
    [paths, view, object],
  );
  // Own fields, and what the view itself finds behind references.
  const choices = useMemo(() => {
    const offered = [...object.fields.map((f) => f.name), ...(view?.columns ?? []).filter((path) => path.includes('.'))];
    const known = new Set([...shown.map((c) => c.path), 'version', 'id']);
    return columnsOf(
      offered.filter((path) => !known.has(path)),
      object,
      object.reached,
    );
  }, [object, view, shown]);
  const url = listUrl(object, {
    object: object.name,
    view: view?.name,
    filter: toFilter(conditions, object.fields),
    search: words || undefined,
    columns: shown,
    orderBy: order.length > 0 ? order : undefined,
    page: page.current,
    pageSize: page.size,
  });
  const rows = useQuery({
    queryKey: ['rows', object.name, url],
    queryFn: () => call<Rows>(url),
    placeholderData: keepPreviousData,
  });

  const exportQuery = () => {
    const params = new URLSearchParams();
    if (view) params.set('view', view.name);
    params.set('columns', shown.map((column) => column.path).join(','));
    const filter = toFilter(conditions, object.fields);
    if (filter) params.set('$filter', filter);
    if (words) params.set('$search', words);
    if (order.length > 0) params.set('$orderby', order.map((key) => `${key.path.replaceAll('.', '/')}${key.descending ? ' desc' : ''}`).join(','));
    return params.toString();
  };

  const tableColumns: TableProps<Row>['columns'] = shown.map((column) => {
    const sorted = order.find((key) => key.path === column.path);
    return {
      key: column.path,
      title: column.label,
      className: isNumeric(column.field) ? 'tn-number' : undefined,
      sorter: isSortable(column.field),
      sortOrder: sorted ? (sorted.descending ? 'descend' : 'ascend') : null,
      ellipsis: true,
      render: (_: unknown, row: Row) => <ColumnValue column={column} object={object} row={row} />,
    };
  });

  return (
    <>
      <div className="tn-page-head">
        <h1>{object.pluralLabel}</h1>
        {object.can.create && (
          <Link to={`/o/${object.name}/new`}>
            <Button type="primary" icon={<PlusOutlined />} data-testid="new">
              {t('common.new')}
            </Button>
          </Link>
        )}
      </div>
      <Card styles={{ body: { padding: 16 } }}>
        <Space wrap style={{ marginBottom: 12, width: '100%', justifyContent: 'space-between' }}>
          <Space wrap>
            {object.views.length > 0 && (
              <Select
                data-testid="view"
                style={{ minWidth: 180 }}
                value={view?.name}
                options={object.views.map((v) => ({ value: v.name, label: v.label }))}
                onChange={(next) => {
                  setViewName(next);
                  setPaths(null);
                  setOrder([]);
                  setPage((p) => ({ ...p, current: 1 }));
                }}
              />
            )}
            <Input.Search
              allowClear
              style={{ width: 240 }}
              placeholder={t('list.searchPlaceholder')}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Space>
          <Space>
            <Badge count={conditions.length} size="small">
              <Button icon={<FilterOutlined />} type={filtering ? 'primary' : 'default'} ghost={filtering} onClick={() => setFiltering((was) => !was)}>
                {t('list.filter')}
              </Button>
            </Badge>
            <Popover
              trigger="click"
              placement="bottomRight"
              content={
                <div style={{ maxHeight: 400, overflow: 'auto', display: 'grid', gap: 6 }}>
                  {shown.map(({ path, label }) => (
                    <Checkbox
                      key={path}
                      checked
                      disabled={shown.length === 1}
                      onChange={() => setPaths(shown.map((c) => c.path).filter((c) => c !== path))}
                    >
                      {label}
                    </Checkbox>
                  ))}
                  {choices.map(({ path, label }) => (
                    <Checkbox key={path} checked={false} onChange={() => setPaths([...shown.map((c) => c.path), path])}>
                      {label}
                    </Checkbox>
                  ))}
                </div>
              }
            >
              <Button icon={<SettingOutlined />}>{t('list.columns')}</Button>
            </Popover>
            <Button
              icon={<BarChartOutlined />}
              type={charting ? 'primary' : 'default'}
              ghost={charting}
              onClick={() => setCharting((was) => !was)}
              data-testid="show-chart"
            >
              {t('list.chart')}
            </Button>
            <Button
              icon={<DownloadOutlined />}
              onClick={() => setExporting(true)}
              data-testid="export"
            >
              {t('list.export')}
            </Button>
          </Space>
        </Space>
        {filtering && (
          <FilterBar
            object={object}
            conditions={conditions}
            onChange={(next) => {
              setConditions(next);
              setPage((p) => ({ ...p, current: 1 }));
            }}
          />
        )}
        {charting && (
          <Suspense fallback={<Spin />}>
            <ListChart object={object} view={view?.name} filter={toFilter(conditions, object.fields)} search={words || undefined} />
          </Suspense>
        )}
        <Problem error={rows.error} />
        <Table<Row>
          rowKey="id"
          size="middle"
          loading={rows.isPending || (rows.isFetching && rows.isPlaceholderData)}
          columns={tableColumns}
          dataSource={rows.data?.value ?? []}
          scroll={{ x: Math.max(shown.length * 130, 600) }}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('list.empty')} /> }}
          pagination={{
            current: page.current,
            pageSize: page.size,
            total: Number(rows.data?.['@odata.count'] ?? 0),
            showSizeChanger: true,
            pageSizeOptions: [20, 50, 100],
            showTotal: (count) => <span data-testid="total">{t('common.total', { count })}</span>,
          }}
          onChange={(pagination, _filters, sorter, extra) => {
            if (extra.action === 'sort') {
              const keys = Array.isArray(sorter) ? sorter : [sorter];
              setOrder(
                keys.filter((key) => key.order).map((key) => ({ path: String(key.columnKey), descending: key.order === 'descend' })),
              );
              setPage((p) => ({ ...p, current: 1 }));
            } else {
              setPage({ current: pagination.current ?? 1, size: pagination.pageSize ?? 20 });
            }
          }}
        />
      </Card>
      {exporting && <StartExport object={object.name} name={object.pluralLabel} query={exportQuery()} close={() => setExporting(false)} />}
    </>
  );
}
