import { DownloadOutlined, HistoryOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Form, Input, Select, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { download } from '../../api/client';
import type { MetadataChange } from '../../api/types';
import { useAllObjects, useMe, usePermissionSets, type ObjectName } from '../../app/model';
import { Problem, useTell } from '../../components/Problem';
import { ApiName, ElementDialog, TextPair } from './ElementDialog';
import { RunningSchemaChange } from './RunningSchemaChange';

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
      {adding && <NewObject close={() => setAdding(false)} />}
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

function newObject(values: NewObjectValues): MetadataChange[] {
  const name = `c__${values.name}`;
  const texts = (property: string, english: string, chinese?: string) => ({
    [property]: english,
    ...(chinese ? { [`${property}@zh-CN`]: chinese } : {}),
  });
  return [
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
        properties: { create: true, read: true, edit: true, delete: true, lock: true, scope: 'all', editScope: 'all', fieldDefault: 'edit' },
      }),
    ),
  ];
}

function NewObject({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  return (
    <ElementDialog<NewObjectValues>
      title={t('objects.newObject')}
      saveId="save-object"
      initialValues={{ baseline: 'private', titleLabel: 'Name', titleLabelZh: '名称' }}
      close={close}
      changes={newObject}
      published={(values) => void navigate(`/setup/objects/c__${values.name}`)}
    >
      <ApiName shape="upper" own={false} placeholder="Store" />
      <TextPair name="label" english={t('objects.labelEn')} chinese={t('objects.labelZh')} />
      <TextPair name="plural" english={t('objects.pluralEn')} chinese={t('objects.pluralZh')} />
      <TextPair
        name="titleLabel"
        english={`${t('objects.titleFieldLabel')} (${t('common.english')})`}
        chinese={`${t('objects.titleFieldLabel')} (${t('common.chinese')})`}
      />
      <Form.Item name="baseline" label={t('objects.baseline')}>
        <Select
          options={(['private', 'publicRead', 'publicReadWrite'] as const).map((key) => ({ value: key, label: t(`objects.baselines.${key}`) }))}
        />
      </Form.Item>
      <PermissionSetChoice name="grant" label={t('objects.grantTo')} initial={me.data?.permissionSets ?? []} />
    </ElementDialog>
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
