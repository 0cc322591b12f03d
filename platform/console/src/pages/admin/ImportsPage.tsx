import { InboxOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Drawer, Form, Modal, Progress, Select, Space, Table, Tag, Upload, type UploadFile } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, download } from '../../api/client';
import type { ImportJob } from '../../api/types';
import { useObject, useObjects } from '../../app/model';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';

const open = (job: ImportJob) => job.state === 'QUEUED' || job.state === 'RUNNING';

/** Imports of CSV files: started, watched, and their rejected rows fetched to be corrected. */
export default function ImportsPage() {
  const { t } = useTranslation();
  const [starting, setStarting] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  const objects = useObjects();
  const jobs = useQuery({
    queryKey: ['imports'],
    queryFn: () => call<ImportJob[]>('/api/imports'),
    refetchInterval: (query) => (query.state.data?.some(open) ? 1000 : false),
  });
  const objectLabel = (name: string) => objects.data?.find((o) => o.name === name)?.pluralLabel ?? name;
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('imports.title')}</h1>
        <Button type="primary" icon={<InboxOutlined />} onClick={() => setStarting(true)} data-testid="new-import">
          {t('imports.newImport')}
        </Button>
      </div>
      <Problem error={jobs.error} />
      <Card size="small">
        <Table<ImportJob>
          rowKey="id"
          size="middle"
          loading={jobs.isPending}
          dataSource={jobs.data ?? []}
          scroll={{ x: 900 }}
          pagination={{ pageSize: 20, hideOnSinglePage: true }}
          columns={[
            {
              title: t('common.name'),
              render: (_, job) => (
                <Button type="link" style={{ padding: 0 }} onClick={() => setSelected(job.id)}>
                  {job.fileName}
                </Button>
              ),
            },
            { title: t('imports.object'), render: (_, job) => objectLabel(job.object) },
            { title: t('common.state'), render: (_, job) => <JobState job={job} /> },
            { title: t('imports.created'), className: 'tn-number', dataIndex: 'created' },
            { title: t('imports.rejected'), className: 'tn-number', render: (_, job) => <span data-testid="rejected">{job.rejected}</span> },
            { title: t('common.created'), render: (_, job) => <Moment value={job.startedAt} /> },
          ]}
        />
      </Card>
      <StartImport open={starting} close={() => setStarting(false)} started={setSelected} />
      {selected && <JobDrawer id={selected} close={() => setSelected(null)} />}
    </>
  );
}

function JobState({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const color = { QUEUED: undefined, RUNNING: 'processing', DONE: 'green', FAILED: 'red', CANCELED: undefined }[job.state];
  return (
    <Space orientation="vertical" size={0} style={{ minWidth: 160 }}>
      <Tag color={color} data-testid="import-state">
        {t(`imports.states.${job.state}`)}
      </Tag>
      {open(job) && job.total ? <Progress size="small" percent={Math.floor((100 * job.processed) / job.total)} /> : null}
    </Space>
  );
}

function JobDrawer({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ['imports', id],
    queryFn: () => call<ImportJob>(`/api/imports/${id}`),
    refetchInterval: (query) => (query.state.data && !open(query.state.data) ? false : 700),
  });
  return (
    <Drawer open size={Math.min(820, window.innerWidth)} title={job.data?.fileName} onClose={close}>
      <Problem error={job.error} />
      {job.data && (
        <Space orientation="vertical" size={16} style={{ width: '100%' }}>
          <JobState job={job.data} />
          <div>{t('imports.processed', { processed: job.data.processed, total: job.data.total ?? '…' })}</div>
          <Space size={24} wrap data-testid="import-counts">
            <span>{t('imports.created')}: <strong>{job.data.created}</strong></span>
            <span>{t('imports.updated')}: <strong>{job.data.updated ?? 0}</strong></span>
            <span>{t('imports.rejected')}: <strong>{job.data.rejected}</strong></span>
          </Space>
          <Space>
            {open(job.data) && (
              <Button
                onClick={() =>
                  call(`/api/imports/${id}/cancel`, { method: 'POST' })
                    .then(() => queries.invalidateQueries({ queryKey: ['imports'] }))
                    .catch(tell.failed)
                }
              >
                {t('common.cancel')}
              </Button>
            )}
            {job.data.rejected > 0 && !open(job.data) && (
              <Button
                type="primary"
                onClick={() => download(`/api/imports/${id}/rejects`, `rejected-${job.data?.fileName}`).catch(tell.failed)}
                data-testid="download-rejects"
              >
                {t('imports.rejects')}
              </Button>
            )}
          </Space>
          {job.data.errors.length > 0 && (
            <Table
              rowKey={(error) => `${error.line}/${error.column}/${error.code}`}
              size="small"
              pagination={{ pageSize: 20, hideOnSinglePage: true }}
              title={() => t('imports.firstErrors')}
              dataSource={job.data.errors}
              columns={[
                { title: t('imports.line'), dataIndex: 'line', width: 80 },
                { title: t('imports.column'), dataIndex: 'column', width: 160 },
                { title: t('imports.message'), dataIndex: 'message' },
              ]}
            />
          )}
        </Space>
      )}
    </Drawer>
  );
}

function StartImport({ open: shown, close, started }: { open: boolean; close: () => void; started: (id: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const objects = useObjects();
  const [form] = Form.useForm<{ object: string; keyField?: string; file: { fileList: UploadFile[] } }>();
  const target = Form.useWatch('object', form);
  const object = useObject(target);
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  const send = async (values: { object: string; keyField?: string; file: { fileList: UploadFile[] } }) => {
    const file = values.file?.fileList[0]?.originFileObj;
    if (!file) return;
    const body = new FormData();
    body.append('file', file);
    body.append('object', values.object);
    body.append('options', JSON.stringify(values.keyField ? { keyField: values.keyField } : {}));
    setSending(true);
    setError(null);
    try {
      const { id } = await call<{ id: string }>('/api/imports', { method: 'POST', body });
      await queries.invalidateQueries({ queryKey: ['imports'] });
      form.resetFields();
      close();
      started(id);
    } catch (failure) {
      setError(failure);
    } finally {
      setSending(false);
    }
  };
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal open={shown} title={t('imports.newImport')} onCancel={close} okText={t('imports.start')} confirmLoading={sending} onOk={() => form.submit()} okButtonProps={{ 'data-testid': 'start-import' }}>
      <Problem error={error} />
      <Form form={form} layout="vertical" onFinish={(values) => void send(values)}>
        <Form.Item name="object" label={t('imports.object')} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            data-testid="import-object"
            options={(objects.data ?? []).filter((o) => !o.name.startsWith('sys__')).map((o) => ({ value: o.name, label: o.pluralLabel }))}
          />
        </Form.Item>
        <Form.Item name="keyField" label={t('imports.keyField')}>
          <Select
            allowClear
            placeholder={t('imports.keyFieldNone')}
            options={(object.data?.fields ?? []).filter((f) => f.unique || f.type === 'autoNumber').map((f) => ({ value: f.name, label: f.label }))}
          />
        </Form.Item>
        <Form.Item name="file" label={t('imports.file')} rules={required} valuePropName="file">
          <Upload.Dragger accept=".csv,text/csv" maxCount={1} beforeUpload={() => false}>
            <p className="ant-upload-drag-icon">
              <InboxOutlined />
            </p>
          </Upload.Dragger>
        </Form.Item>
      </Form>
    </Modal>
  );
}
