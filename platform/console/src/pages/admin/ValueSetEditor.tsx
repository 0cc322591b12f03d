import { ArrowUpOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Popconfirm, Select, Space, Switch, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ElementDescription } from '../../api/types';
import { Problem } from '../../components/Problem';
import { ElementProperties } from './ElementProperties';
import { ApiName, ElementDialog, TextPair } from './ElementDialog';
import { keyOf } from './statusModel';
import { usePublish } from './usePublish';
import { COLORS, moveUp, newValue, propertyOf, valueChanges, type NewValue, type ValueForm, type ValueSet } from './valueSets';

/** The values of one set, where it is used, and the set's own properties. */
export function ValueSetEditor({ set, removed }: { set: ValueSet; removed: () => void }) {
  const { t } = useTranslation();
  const { change, error, busy } = usePublish();
  const [editing, setEditing] = useState<ElementDescription | 'new' | null>(null);
  const [self, ...values] = set.elements as [ElementDescription, ...ElementDescription[]];
  return (
    <Space orientation="vertical" style={{ width: '100%' }} size={16}>
      <Problem error={error} />
      <Table<ElementDescription>
        rowKey="key"
        size="small"
        pagination={false}
        dataSource={values}
        title={() => (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing('new')} data-testid="new-set-value">
            {t('valueSets.newValue')}
          </Button>
        )}
        columns={[
          { title: t('objects.valueKey'), render: (_, value) => <code>{keyOf(value)}</code> },
          { title: t('common.label'), render: (_, value) => <Tag color={(propertyOf(value, 'color') as string | undefined) ?? undefined}>{String(propertyOf(value, 'label') ?? '')}</Tag> },
          { title: t('common.chinese'), render: (_, value) => String(propertyOf(value, 'label@zh-CN') ?? '') },
          { title: t('valueSets.active'), render: (_, value) => (propertyOf(value, 'active') === false ? t('common.no') : t('common.yes')) },
          { title: t('objects.origin'), render: (_, value) => <Tag color={value.origin === 'custom' ? 'blue' : undefined}>{value.origin}</Tag> },
          {
            width: 110,
            render: (_, value, at) => (
              <Space size={0}>
                <Button type="text" size="small" aria-label={t('objects.editValue')} icon={<EditOutlined />} onClick={() => setEditing(value)} />
                <Button
                  type="text"
                  size="small"
                  aria-label={t('valueSets.moveUp')}
                  icon={<ArrowUpOutlined />}
                  disabled={at === 0 || busy}
                  onClick={() => void change(moveUp(values, at))}
                />
                {value.origin === 'custom' && (
                  <Popconfirm
                    title={t('common.confirmDelete', { name: keyOf(value) })}
                    onConfirm={() => void change([{ op: 'remove', element: value.key }])}
                  >
                    <Button type="text" size="small" danger aria-label={t('common.delete')} icon={<DeleteOutlined />} />
                  </Popconfirm>
                )}
              </Space>
            ),
          },
        ]}
      />
      <div>
        <strong>{t('valueSets.usedBy')}</strong>
        {set.usedBy.length === 0 && <p className="tn-muted">{t('valueSets.unused')}</p>}
        <ul style={{ margin: 0, paddingInlineStart: 18 }}>
          {set.usedBy.map((use) => (
            <li key={`${use.object}/${use.field}`}>
              <Link to={`/setup/objects/${use.object}`}>{use.label}</Link> <code>{use.field}</code>
            </li>
          ))}
        </ul>
      </div>
      <ElementProperties element={self} values={[]} deciders={[]} done={async () => {}} removed={removed} />
      {editing && <EditValue key={editing === 'new' ? 'new' : editing.key} set={self} value={editing} close={() => setEditing(null)} />}
    </Space>
  );
}

function EditValue({ set, value, close }: { set: ElementDescription; value: ElementDescription | 'new'; close: () => void }) {
  const { t } = useTranslation();
  const text = (property: string) => (value === 'new' ? undefined : ((propertyOf(value, property) as string | undefined) ?? undefined));
  return (
    <ElementDialog<ValueForm & NewValue>
      title={value === 'new' ? t('valueSets.newValue') : keyOf(value)}
      saveId="save-set-value"
      initialValues={{ label: text('label'), labelZh: text('label@zh-CN'), color: text('color'), active: value === 'new' || propertyOf(value, 'active') !== false }}
      close={close}
      changes={(values) => (value === 'new' ? [newValue(set, values)] : valueChanges(value, values))}
    >
      {value === 'new' && <ApiName name="key" shape="key" own={set.origin === 'custom'} label={t('objects.valueKey')} />}
      <TextPair name="label" english={t('objects.labelEn')} chinese={t('objects.labelZh')} />
      {value !== 'new' && (
        <>
          <Form.Item name="color" label={t('valueSets.color')}>
            <Select allowClear options={COLORS.map((color) => ({ value: color, label: <Tag color={color}>{color}</Tag> }))} />
          </Form.Item>
          <Form.Item name="active" label={t('valueSets.active')} extra={t('valueSets.activeHelp')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </>
      )}
    </ElementDialog>
  );
}
