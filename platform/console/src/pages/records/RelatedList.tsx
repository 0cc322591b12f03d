import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Card, Empty, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/client';
import { columnsOf } from '../../api/columns';
import { isNumeric } from '../../api/fields';
import { listUrl } from '../../api/query';
import type { RelatedListDescription, Row, Rows } from '../../api/types';
import { useObject } from '../../app/model';
import { ColumnValue } from '../../components/FieldValue';
import { Problem } from '../../components/Problem';

/**
 * Records that refer to the one shown, or link it.
 *
 * @param held whether the one shown is locked for the reader: then it takes no new parts
 */
export function RelatedList({ list, parent, held }: { list: RelatedListDescription; parent: string; held: boolean }) {
  const { t } = useTranslation();
  const object = useObject(list.object);
  const columns = object.data ? columnsOf(list.columns, object.data, list.reached) : [];
  const [page, setPage] = useState(1);
  const size = 10;
  const url =
    object.data &&
    listUrl(object.data, {
      object: list.object,
      filter: list.linked ? `${list.via}/any(v:v/id eq ${parent})` : `${list.via}_id eq ${parent}`,
      columns,
      orderBy: [{ path: 'createdAt', descending: true }],
      page,
      pageSize: size,
    });
  const rows = useQuery({ queryKey: ['rows', list.object, url], queryFn: () => call<Rows>(url!), enabled: !!url });
  const part = object.data?.fields.find((field) => field.name === list.via)?.type === 'masterDetail';
  // A list of an object the user knows nothing of is not there at all.
  if (object.error) return null;
  return (
    <Card
      size="small"
      title={`${list.label}${rows.data?.['@odata.count'] === undefined ? '' : ` (${rows.data['@odata.count']})`}`}
      style={{ marginBottom: 16 }}
      extra={
        object.data?.can.create && !list.linked && !(held && part) && (
          <Link to={`/o/${list.object}/new?${list.via}=${parent}`}>
            <Button size="small" icon={<PlusOutlined />}>
              {t('common.new')}
            </Button>
          </Link>
        )
      }
    >
      <Problem error={rows.error} />
      {object.data && (
        <Table<Row>
          rowKey="id"
          size="small"
          loading={rows.isPending}
          dataSource={rows.data?.value ?? []}
          scroll={{ x: columns.length * 120 }}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('record.noRelated')} /> }}
          pagination={{
            current: page,
            pageSize: size,
            total: Number(rows.data?.['@odata.count'] ?? 0),
            hideOnSinglePage: true,
            onChange: setPage,
          }}
          columns={columns.map((column) => ({
            key: column.path,
            title: column.label,
            className: isNumeric(column.field) ? 'tn-number' : undefined,
            render: (_: unknown, row: Row) => <ColumnValue column={column} object={object.data!} row={row} />,
          }))}
        />
      )}
    </Card>
  );
}
