import { InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Form, Modal, Radio, Select, Space, Table, Upload, type UploadFile } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { ImportPreview } from '../../api/types';
import { useObject, useObjects } from '../../app/model';
import { Problem } from '../../components/Problem';

interface Values {
  object: string;
  file?: { fileList: UploadFile[] };
  mode: 'INSERT' | 'UPDATE' | 'UPSERT';
  keyField?: string;
  charset?: string;
  separator?: string;
  sheet?: string;
  dryRun?: boolean;
  duplicates?: 'REJECT' | 'ACCEPT';
}

const CHARSETS = ['UTF-8', 'GBK', 'UTF-16LE', 'UTF-16BE', 'BIG5', 'WINDOWS-1252'];
const SEPARATORS = [',', ';', '\t', '|'];

/** What is sent beside the file; what the person left open is found out by the server. */
function options(values: Values, mapping: Record<string, string>) {
  return {
    mapping,
    mode: values.mode,
    keyField: values.mode === 'INSERT' ? undefined : values.keyField,
    charset: values.charset,
    separator: values.separator,
    sheet: values.sheet,
    dryRun: values.dryRun,
    duplicates: values.duplicates,
  };
}

/** A file and what to do with it; looked at before it is started. */
export function StartImport({ open, close, started }: { open: boolean; close: () => void; started: (id: string) => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const objects = useObjects();
  const [form] = Form.useForm<Values>();
  const target = Form.useWatch('object', form);
  const mode = Form.useWatch('mode', form);
  const object = useObject(target);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [mapping, setMapping] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const fields = object.data?.fields ?? [];

  const send = async <T,>(path: string, values: Values, mapped: Record<string, string>): Promise<T | null> => {
    const file = values.file?.fileList[0]?.originFileObj;
    if (!file) return null;
    const body = new FormData();
    body.append('file', file);
    body.append('object', values.object);
    body.append('options', JSON.stringify(options(values, mapped)));
    setBusy(true);
    setError(null);
    try {
      return await call<T>(path, { method: 'POST', body });
    } catch (failure) {
      setError(failure);
      return null;
    } finally {
      setBusy(false);
    }
  };
  const look = async (mapped: Record<string, string>) => {
    const values = await form.validateFields().catch(() => null);
    const found = values && (await send<ImportPreview>('/api/imports/preview', values, mapped));
    if (found) setPreview(found);
  };
  const start = async (values: Values) => {
    const job = await send<{ id: string }>('/api/imports', values, mapping);
    if (!job) return;
    await queries.invalidateQueries({ queryKey: ['imports'] });
    form.resetFields();
    forget();
    close();
    started(job.id);
  };
  /** Another file or object: what was mapped has nothing to do with it. */
  const forget = () => {
    setPreview(null);
    setMapping({});
  };
  const map = (title: string, field: string) => {
    const mapped = { ...mapping, [title]: field };
    setMapping(mapped);
    void look(mapped);
  };
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal
      open={open}
      width={Math.min(900, window.innerWidth)}
      title={t('imports.newImport')}
      onCancel={close}
      okText={t('imports.start')}
      confirmLoading={busy}
      onOk={() => form.submit()}
      okButtonProps={{ 'data-testid': 'start-import', disabled: (preview?.problems.length ?? 0) > 0 }}
    >
      <Problem error={error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ mode: 'INSERT' }}
        onFinish={(values) => void start(values)}
        onValuesChange={(changed: Partial<Values>) => {
          if ('object' in changed || 'file' in changed) forget();
          else if (preview && !('dryRun' in changed)) void look(mapping);
        }}
      >
        <Form.Item name="object" label={t('imports.object')} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            data-testid="import-object"
            options={(objects.data ?? []).filter((o) => !o.name.startsWith('sys__')).map((o) => ({ value: o.name, label: o.pluralLabel }))}
          />
        </Form.Item>
        <Form.Item name="file" label={t('imports.file')} rules={required} valuePropName="file">
          <Upload.Dragger accept=".csv,.txt,.xlsx,text/csv" maxCount={1} beforeUpload={() => false}>
            <p className="ant-upload-drag-icon">
              <InboxOutlined />
            </p>
          </Upload.Dragger>
        </Form.Item>
        <Form.Item name="mode" label={t('imports.mode')}>
          <Radio.Group options={(['INSERT', 'UPDATE', 'UPSERT'] as const).map((m) => ({ value: m, label: t(`imports.modes.${m}`) }))} />
        </Form.Item>
        {mode && mode !== 'INSERT' && (
          <Form.Item name="keyField" label={t('imports.keyField')} rules={required}>
            <Select
              options={[
                { value: 'id', label: t('imports.recordId') },
                ...fields.filter((f) => f.unique || f.type === 'autoNumber').map((f) => ({ value: f.name, label: f.label })),
              ]}
            />
          </Form.Item>
        )}
        <Space wrap>
          {preview?.format === 'XLSX' ? (
            <Form.Item name="sheet" label={t('imports.sheet')}>
              <Select allowClear style={{ width: 180 }} placeholder={preview.sheet} options={preview.sheets.map((s) => ({ value: s, label: s }))} />
            </Form.Item>
          ) : (
            <>
              <Form.Item name="charset" label={t('imports.charset')}>
                <Select
                  allowClear
                  style={{ width: 180 }}
                  placeholder={preview?.charset ?? t('imports.foundOut')}
                  options={CHARSETS.map((c) => ({ value: c, label: c }))}
                />
              </Form.Item>
              <Form.Item name="separator" label={t('imports.separator')}>
                <Select
                  allowClear
                  style={{ width: 180 }}
                  placeholder={preview?.separator ? (preview.separator === '\t' ? t('imports.tab') : preview.separator) : t('imports.foundOut')}
                  options={SEPARATORS.map((c) => ({ value: c, label: c === '\t' ? t('imports.tab') : c }))}
                />
              </Form.Item>
            </>
          )}
          <Form.Item name="duplicates" label={t('imports.duplicates')}>
            <Select
              allowClear
              style={{ width: 240 }}
              placeholder={t('imports.duplicatesReject')}
              options={[
                { value: 'REJECT', label: t('imports.duplicatesReject') },
                { value: 'ACCEPT', label: t('imports.duplicatesAccept') },
              ]}
            />
          </Form.Item>
          <Form.Item name="dryRun" valuePropName="checked" label={t('imports.dryRun')}>
            <Checkbox>{t('imports.dryRunHint')}</Checkbox>
          </Form.Item>
        </Space>
      </Form>
      <Space orientation="vertical" style={{ width: '100%' }}>
        <Button onClick={() => void look(mapping)} loading={busy} data-testid="preview-import">
          {t('imports.preview')}
        </Button>
        {preview && <PreviewTables preview={preview} fields={fields.filter((f) => f.editable || f.name === form.getFieldValue('keyField'))} map={map} />}
      </Space>
    </Modal>
  );
}

function PreviewTables({ preview, fields, map }: { preview: ImportPreview; fields: { name: string; label: string }[]; map: (title: string, field: string) => void }) {
  const { t } = useTranslation();
  const columns = preview.columns.map((column, index) => ({ ...column, index }));
  return (
    <>
      {preview.problems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          data-testid="import-problems"
          title={t('imports.problems')}
          description={preview.problems.map((p, index) => <div key={index}>{p.message}</div>)}
        />
      )}
      <Table
        rowKey="index"
        size="small"
        pagination={false}
        dataSource={columns}
        data-testid="import-columns"
        columns={[
          { title: t('imports.column'), dataIndex: 'title' },
          { title: t('imports.detected'), render: (_, column) => t(`imports.types.${column.type}`) },
          { title: t('imports.example'), ellipsis: true, render: (_, column) => preview.rows.find((row) => row[column.index])?.[column.index] ?? '' },
          {
            title: t('imports.field'),
            render: (_, column) => (
              <Select
                size="small"
                style={{ width: '100%' }}
                showSearch={{ optionFilterProp: 'label' }}
                value={column.field}
                onChange={(field: string) => map(column.title, field)}
                options={[{ value: '', label: t('imports.leftOut') }, ...fields.map((f) => ({ value: f.name, label: f.label }))]}
              />
            ),
          },
        ]}
      />
      {preview.errors.length > 0 && (
        <Table
          rowKey={(e) => `${e.line}/${e.column}/${e.code}`}
          size="small"
          pagination={{ pageSize: 5, hideOnSinglePage: true }}
          title={() => t('imports.sampleErrors')}
          dataSource={preview.errors}
          columns={[
            { title: t('imports.line'), dataIndex: 'line', width: 80 },
            { title: t('imports.column'), dataIndex: 'column', width: 160 },
            { title: t('imports.message'), dataIndex: 'message' },
          ]}
        />
      )}
    </>
  );
}
