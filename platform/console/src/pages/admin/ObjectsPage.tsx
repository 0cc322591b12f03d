import { DownloadOutlined, HistoryOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Modal, Select, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { download } from '../../api/client';
import type { MetadataChange } from '../../api/types';
import { useAllObjects, useMe, usePermissionSets, type ObjectName } from '../../app/model';
import { Problem, useTell } from '../../components/Problem';
import { publish } from './publishing';
import { RunningSchemaChange } from './RunningSchemaChange';
import { told } from './schemaChange';

/** Every object, standard and own; own ones are added here. */
export default function ObjectsPage() {
  const { t } = useTranslation();
  const tell = useTell();
  const objects = useAllObjects();
  const [adding, setAdding] = useState(false);
  const [words, setWords] = useState('');
  const shown = (objects.data ?? []).filter((object) =>
    `${object.name} ${object.label}`.toLowerCase().includes(words.trim().toLowerCase()),
  );
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('objects.title')}</h1>
        <Space wrap>
          <Button
            icon={<DownloadOutlined />}
            onClick={() => download('/api/admin/metadata/export', 'custom.zip').catch(tell.failed)}
          >
            {t('objects.export')}
          </Button>
          <Link to="/setup/objects-history">
            <Button icon={<HistoryOutlined />} data-testid="model-history">
              {t('modelHistory.title')}
            </Button>
          </Link>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="new-object">
            {t('objects.newObject')}
          </Button>
        </Space>
      </div>
      <p className="tn-muted">{t('objects.intro')}</p>
      <RunningSchemaChange />
      <Problem error={objects.error} />
      <Card>
        <Input.Search
          allowClear
          style={{ width: 280, marginBottom: 12 }}
          placeholder={t('common.search')}
          onChange={(event) => setWords(event.target.value)}
        />
        <Table<ObjectName & { fields: number }>
          rowKey="name"
          size="middle"
          loading={objects.isPending}
          dataSource={shown}
          pagination={false}
          columns={[
            {
              title: t('common.label'),
              render: (_, object) => <Link to={`/setup/objects/${object.name}`}>{object.label}</Link>,
              sorter: (a, b) => a.label.localeCompare(b.label),
            },
            { title: t('objects.apiName'), render: (_, object) => <code>{object.name}</code> },
            { title: t('objects.fields'), className: 'tn-number', width: 100, dataIndex: 'fields' },
            {
              title: t('objects.origin'),
              render: (_, object) => <Tag color={object.origin === 'custom' ? 'blue' : undefined}>{object.origin}</Tag>,
            },
          ]}
        />
      </Card>
      <NewObject open={adding} close={() => setAdding(false)} />
    </>
  );
}

interface NewObjectValues {
  name: string;
  label: string;
  labelZh?: string;
  plural: string;
  pluralZh?: string;
  titleLabel: string;
  titleLabelZh?: string;
  baseline: string;
  grant?: string[];
}

function NewObject({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const me = useMe();
  const [form] = Form.useForm<NewObjectValues>();
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);

  const create = async (values: NewObjectValues) => {
    const name = `c__${values.name}`;
    const texts = (property: string, english: string, chinese?: string) => ({
      [property]: english,
      ...(chinese ? { [`${property}@zh-CN`]: chinese } : {}),
    });
    const changes: MetadataChange[] = [
      {
        op: 'add',
        element: `object:${name}`,
        properties: {
          ...texts('label', values.label, values.labelZh),
          ...texts('pluralLabel', values.plural, values.pluralZh),
          titleField: 'name',
          baseline: values.baseline,
        },
      },
      {
        op: 'add',
        element: `field:${name}/name`,
        properties: { type: 'text', ...texts('label', values.titleLabel, values.titleLabelZh), maxLength: 120, required: true },
      },
      // Without a grant nobody could use the new object, not even its maker.
      ...(values.grant ?? []).map(
        (set): MetadataChange => ({
          op: 'add',
          element: `objectPermission:${set}/${name}`,
          properties: { create: true, read: true, edit: true, delete: true, scope: 'all', editScope: 'all', fieldDefault: 'edit' },
        }),
      ),
    ];
    setSaving(true);
    setError(null);
    try {
      const result = await publish(changes);
      await queries.invalidateQueries();
      tell.done(told(t, result));
      close();
      form.resetFields();
      navigate(`/setup/objects/${name}`);
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };

  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal
      open={open}
      title={t('objects.newObject')}
      onCancel={close}
      okText={t('common.save')}
      okButtonProps={{ 'data-testid': 'save-object' }}
      confirmLoading={saving}
      onOk={() => form.submit()}
      width={640}
    >
      <Problem error={error} />
      <Form form={form} layout="vertical" onFinish={(values) => void create(values)} initialValues={{ baseline: 'private', titleLabel: 'Name', titleLabelZh: '名称' }}>
        <Form.Item
          name="name"
          label={t('objects.apiName')}
          extra={t('objects.apiNameHelp')}
          rules={[{ required: true, pattern: /^[A-Z][A-Za-z0-9]{0,39}$/, message: 'ABC…' }]}
        >
          <Input prefix="c__" placeholder="Store" />
        </Form.Item>
        <Space style={{ display: 'flex' }} styles={{ item: { flex: 1 } }}>
          <Form.Item name="label" label={t('objects.labelEn')} rules={required}>
            <Input />
          </Form.Item>
          <Form.Item name="labelZh" label={t('objects.labelZh')}>
            <Input />
          </Form.Item>
        </Space>
        <Space style={{ display: 'flex' }} styles={{ item: { flex: 1 } }}>
          <Form.Item name="plural" label={t('objects.pluralEn')} rules={required}>
            <Input />
          </Form.Item>
          <Form.Item name="pluralZh" label={t('objects.pluralZh')}>
            <Input />
          </Form.Item>
        </Space>
        <Space style={{ display: 'flex' }} styles={{ item: { flex: 1 } }}>
          <Form.Item name="titleLabel" label={`${t('objects.titleFieldLabel')} (${t('common.english')})`} rules={required}>
            <Input />
          </Form.Item>
          <Form.Item name="titleLabelZh" label={`${t('objects.titleFieldLabel')} (${t('common.chinese')})`}>
            <Input />
          </Form.Item>
        </Space>
        <Form.Item name="baseline" label={t('objects.baseline')}>
          <Select
            options={(['private', 'publicRead', 'publicReadWrite'] as const).map((key) => ({ value: key, label: t(`objects.baselines.${key}`) }))}
          />
        </Form.Item>
        <PermissionSetChoice name="grant" label={t('objects.grantTo')} initial={me.data?.permissionSets ?? []} />
      </Form>
    </Modal>
  );
}

function PermissionSetChoice({ name, label, initial }: { name: string; label: string; initial: string[] }) {
  const { t } = useTranslation();
  const sets = usePermissionSets();
  return (
    <Form.Item name={name} label={label} initialValue={initial.slice(0, 1)} rules={[{ required: true, message: t('common.required') }]}>
      <Select
        mode="multiple"
        loading={sets.isPending}
        showSearch={{ optionFilterProp: 'label' }}
        options={(sets.data ?? []).map((set) => ({ value: set.name, label: set.label }))}
      />
    </Form.Item>
  );
}
