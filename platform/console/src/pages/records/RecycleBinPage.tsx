import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Alert, Button, Card, Descriptions, Drawer, Empty, Select, Space, Spin, Table } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { isReference } from '../../api/fields';
import { isFile } from '../../api/files';
import type { DeletedTree, Deletion, Row } from '../../api/types';
import { useMe, useObject, useObjects } from '../../app/model';
import { FieldValue, Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';
import { useRestore } from './restore';

/** Deleted records that the user may bring back. */
export function RecycleBinPage() {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const objects = useObjects();
  const [object, setObject] = useState('');
  const [selected, setSelected] = useState<Deletion | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['bin', object, i18n.language],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const params = new URLSearchParams({ limit: '50' });
      if (object) params.set('object', object);
      if (pageParam) params.set('cursor', pageParam);
      return call<{ items: Deletion[]; next: string | null }>(`/api/recycle-bin?${params}`);
    },
    getNextPageParam: (last) => last.next,
  });
  const all = me.data?.system.includes('manageRecycleBin') ?? false;
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('bin.title')}</h1>
        <Select
          value={object}
          onChange={setObject}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: 220 }}
          data-testid="bin-object"
          options={[{ value: '', label: t('bin.allObjects') }, ...(objects.data ?? []).map((o) => ({ value: o.name, label: o.label }))]}
        />
      </div>
      <p className="tn-muted">{t(all ? 'bin.introAll' : 'bin.intro')}</p>
      <Problem error={pages.error} />
      <Card size="small">
        <Table<Deletion>
          rowKey="id"
          size="middle"
          loading={pages.isPending}
          pagination={false}
          scroll={{ x: 700 }}
          dataSource={pages.data?.pages.flatMap((page) => page.items) ?? []}
          locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('bin.empty')} /> }}
          columns={[
            {
              title: t('bin.record'),
              render: (_, deletion) => (
                <Button type="link" style={{ padding: 0 }} onClick={() => setSelected(deletion)}>
                  {deletion.title}
                </Button>
              ),
            },
            { title: t('bin.object'), dataIndex: 'objectLabel' },
            { title: t('bin.deletedBy'), render: (_, deletion) => deletion.by.name },
            { title: t('bin.through'), render: (_, deletion) => t(`channel.${deletion.through}` as 'channel.USER') },
            { title: t('bin.deletedAt'), render: (_, deletion) => <Moment value={deletion.at} /> },
            { render: (_, deletion) => <Buttons deletion={deletion} done={() => setSelected(null)} /> },
          ]}
        />
      </Card>
      {pages.hasNextPage && (
        <div style={{ textAlign: 'center', marginTop: 16 }}>
          <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t('bin.loadMore')}
          </Button>
        </div>
      )}
      {selected && <TreeDrawer deletion={selected} close={() => setSelected(null)} />}
    </>
  );
}

function Buttons({ deletion, done }: { deletion: Deletion; done: () => void }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTell();
  const queries = useQueryClient();
  const restore = useRestore();
  const object = useObject(deletion.object);
  const [restoring, setRestoring] = useState(false);
  const bringBack = async () => {
    setRestoring(true);
    const back = await restore(deletion.id, deletion.title);
    setRestoring(false);
    if (back) done();
  };
  const remove = () =>
    modal.confirm({
      title: t('bin.confirmRemove', { title: deletion.title }),
      okButtonProps: { danger: true },
      okText: t('bin.remove'),
      onOk: async () => {
        try {
          await call(`/api/recycle-bin/${deletion.id}`, { method: 'DELETE' });
          tell.done(t('bin.removed'));
          done();
          await queries.invalidateQueries({ queryKey: ['bin'] });
        } catch (failure) {
          tell.failed(failure);
        }
      },
    });
  return (
    <Space>
      {object.data?.can.create && (
        <Button size="small" type="primary" loading={restoring} onClick={() => void bringBack()} data-testid={`restore-${deletion.id}`}>
          {t('bin.restore')}
        </Button>
      )}
      <Button size="small" danger onClick={remove}>
        {t('bin.remove')}
      </Button>
    </Space>
  );
}

function TreeDrawer({ deletion, close }: { deletion: Deletion; close: () => void }) {
  const { t, i18n } = useTranslation();
  const tree = useQuery({
    queryKey: ['bin-tree', deletion.id, i18n.language],
    queryFn: () => call<DeletedTree>(`/api/recycle-bin/${deletion.id}`),
  });
  return (
    <Drawer
      open
      size={640}
      onClose={close}
      title={`${deletion.objectLabel} ${deletion.title}`}
      extra={<Buttons deletion={deletion} done={close} />}
    >
      <Problem error={tree.error} />
      {tree.isPending && <Spin />}
      {tree.data?.records.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('bin.nothingVisible')} />
      )}
      {tree.data?.records.map((record) => <DeletedRecord key={record.id} record={record} />)}
      {tree.data?.more && <Alert type="info" title={t('bin.more')} />}
    </Drawer>
  );
}

function DeletedRecord({ record }: { record: DeletedTree['records'][number] }) {
  const object = useObject(record.object);
  const fields = new Map(object.data?.fields.map((field) => [field.name, field]));
  return (
    <Card size="small" title={`${record.objectLabel} ${record.title}`} style={{ marginBottom: 12 }}>
      <Descriptions
        column={1}
        size="small"
        items={record.values.map((value) => {
          const field = fields.get(value.field);
          const row: Row = { id: record.id, version: 0, [value.field]: value.value };
          return {
            key: value.field,
            label: value.label,
            // A reference without a link: what it leads to may be deleted as well.
            children: field && (isReference(field) || isFile(field) ? value.title : <FieldValue field={field} row={row} />),
          };
        })}
      />
    </Card>
  );
}
