import { useQuery } from '@tanstack/react-query';
import { Empty, Spin, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../api/client';
import type { ObjectDescription } from '../../api/types';
import { Problem } from '../../components/Problem';

interface PossibleDuplicate {
  id: string;
  title: string;
  likeness: number;
  rule: string;
  message: string;
}

/** Other records that the object's duplicate rules take for the same, the most alike first. */
export function DuplicatesPanel({ object, id, version }: { object: ObjectDescription; id: string; version: number }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['duplicates', object.name, id, version],
    queryFn: () => call<PossibleDuplicate[]>(`/api/records/${object.name}/${id}/duplicates`),
  });
  if (found.error) return <Problem error={found.error} />;
  if (!found.data) return <Spin />;
  if (found.data.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('record.noDuplicates')} />;
  return (
    <Table<PossibleDuplicate>
      rowKey="id"
      size="small"
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      dataSource={found.data}
      data-testid="possible-duplicates"
      columns={[
        { title: object.label, render: (_, other) => <Link to={`/o/${object.name}/${other.id}`}>{other.title}</Link> },
        { title: t('record.likeness'), className: 'tn-number', width: 120, render: (_, other) => `${other.likeness} %` },
        { title: t('record.duplicateReason'), dataIndex: 'message' },
      ]}
    />
  );
}
