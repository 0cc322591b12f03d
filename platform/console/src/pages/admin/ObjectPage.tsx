import { PlusOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Drawer, Space, Spin, Table, Tabs, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { call } from '../../api/client';
import type { ElementDescription } from '../../api/types';
import { Problem } from '../../components/Problem';
import { ElementProperties } from './ElementProperties';
import { decidersOf, valuesOf } from './statusModel';
import { NewDuplicateRule } from './NewDuplicateRule';
import { NewField } from './NewField';
import { describeMatch } from './duplicateMatch';
import { RecordTypeEditor } from './RecordTypeEditor';
import { RecordTypesTab } from './RecordTypesTab';
import { RevealEditor } from './RevealEditor';
import { LockRightsEditor } from './LockRightsEditor';
import { NewKey } from './NewKey';
import { NewRule } from './NewRule';
import { RunningSchemaChange } from './RunningSchemaChange';

interface ObjectElements {
  name: string;
  origin: string;
  elements: ElementDescription[];
}

/** The part of an element's key behind its object: a field's or rule's own name. */
const localName = (element: ElementDescription) => element.key.split('/').slice(1).join('/');

const property = (element: ElementDescription, name: string) => element.properties.find((p) => p.name === name)?.value;

/** The designer of one object: its fields, rules and the rest, each property with the layer it comes from. */
export default function ObjectPage() {
  const { t, i18n } = useTranslation();
  const { object: name } = useParams();
  const queries = useQueryClient();
  const [selected, setSelected] = useState<string | null>(null);
  const [adding, setAdding] = useState<'field' | 'rule' | 'key' | 'duplicate' | null>(null);
  const object = useQuery({
    queryKey: ['designer', name, i18n.language],
    queryFn: () => call<ObjectElements>(`/api/admin/objects/${name}`),
  });
  if (object.error) return <Problem error={object.error} />;
  if (!object.data) return <Spin />;
  const { elements, origin } = object.data;
  const self = elements.find((e) => e.key === `object:${name}`);
  const label = (element: ElementDescription) =>
    String(property(element, `label@${i18n.language}`) ?? property(element, 'label') ?? (localName(element) || element.name));
  const fields = elements.filter((e) => e.type === 'field');
  const rules = elements.filter((e) => e.type === 'rule');
  const keys = elements.filter((e) => e.type === 'uniqueKey');
  const duplicates = elements.filter((e) => e.type === 'duplicateRule');
  const others = elements.filter(
    (e) => !['field', 'rule', 'uniqueKey', 'duplicateRule', 'value', 'setValue', 'recordType', 'objectPermission'].includes(e.type) && e !== self,
  );
  const element = elements.find((e) => e.key === selected);
  const done = async () => {
    await queries.invalidateQueries();
  };

  const place = {
    object: name!,
    own: origin === 'custom',
    fields: fields.map((f) => ({ value: localName(f), label: label(f) })),
    close: () => setAdding(null),
  };

  const origins = (value: string) => <Tag color={value === 'custom' ? 'blue' : undefined}>{value}</Tag>;
  const changedHere = (e: ElementDescription) => e.origin !== 'custom' && e.properties.some((p) => p.layer === 'custom');
  const columns = [
    {
      title: t('common.label'),
      render: (_: unknown, e: ElementDescription) => (
        <Button type="link" style={{ padding: 0 }} onClick={() => setSelected(e.key)}>
          {label(e)}
        </Button>
      ),
    },
    { title: t('objects.apiName'), render: (_: unknown, e: ElementDescription) => <code>{localName(e)}</code> },
    {
      title: t('objects.origin'),
      render: (_: unknown, e: ElementDescription) => (
        <Space>
          {origins(e.origin)}
          {changedHere(e) && (
            <Tooltip title={e.properties.filter((p) => p.layer === 'custom').map((p) => p.name).join(', ')}>
              <Tag color="gold">+ {t('objects.custom')}</Tag>
            </Tooltip>
          )}
        </Space>
      ),
    },
  ];
  return (
    <>
      <div className="tn-page-head">
        <h1>
          <Link to="/setup/objects" className="tn-muted" style={{ fontWeight: 400 }}>
            {t('objects.title')}
          </Link>{' '}
          {self ? label(self) : name} {origins(origin)}
        </h1>
        <Space wrap>
          {self && <Button onClick={() => setSelected(self.key)}>{t('objects.properties')}</Button>}
          <Button icon={<PlusOutlined />} onClick={() => setAdding('key')} data-testid="new-key">
            {t('objects.newKey')}
          </Button>
          <Button icon={<PlusOutlined />} onClick={() => setAdding('duplicate')} data-testid="new-duplicate-rule">
            {t('objects.newDuplicateRule')}
          </Button>
          <Button icon={<PlusOutlined />} onClick={() => setAdding('rule')} data-testid="new-rule">
            {t('objects.newRule')}
          </Button>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding('field')} data-testid="new-field">
            {t('objects.newField')}
          </Button>
        </Space>
      </div>
      <RunningSchemaChange />
      <Card>
        <Tabs
          items={[
            {
              key: 'fields',
              label: `${t('objects.fields')} (${fields.length})`,
              children: (
                <Table
                  rowKey="key"
                  size="small"
                  pagination={false}
                  scroll={{ x: 700 }}
                  dataSource={fields}
                  columns={[
                    columns[0]!,
                    columns[1]!,
                    {
                      title: t('common.type'),
                      render: (_: unknown, e: ElementDescription) =>
                        t(`objects.fieldTypes.${String(property(e, 'type'))}` as 'objects.fieldTypes.text', {
                          defaultValue: String(property(e, 'type') ?? ''),
                        }),
                    },
                    {
                      title: t('objects.required'),
                      render: (_: unknown, e: ElementDescription) => (property(e, 'required') === true ? t('common.yes') : ''),
                    },
                    columns[2]!,
                  ]}
                />
              ),
            },
            {
              key: 'rules',
              label: `${t('objects.rules')} (${rules.length})`,
              children: (
                <Table
                  rowKey="key"
                  size="small"
                  pagination={false}
                  dataSource={rules}
                  columns={[
                    { ...columns[1]!, render: (_: unknown, e: ElementDescription) => (
                      <Button type="link" style={{ padding: 0 }} onClick={() => setSelected(e.key)}>
                        {localName(e)}
                      </Button>
                    ) },
                    { title: t('objects.condition'), render: (_: unknown, e: ElementDescription) => <code>{String(property(e, 'condition') ?? '')}</code> },
                    columns[2]!,
                  ]}
                />
              ),
            },
            {
              key: 'keys',
              label: `${t('objects.uniqueKeys')} (${keys.length})`,
              children: (
                <Table
                  rowKey="key"
                  size="small"
                  pagination={false}
                  dataSource={keys}
                  columns={[
                    columns[0]!,
                    { title: t('objects.keyFields'), render: (_: unknown, e: ElementDescription) => ((property(e, 'fields') as string[] | undefined) ?? []).join(', ') },
                    {
                      title: t('objects.ignoreCase'),
                      render: (_: unknown, e: ElementDescription) => (property(e, 'ignoreCase') === true ? t('common.yes') : ''),
                    },
                    columns[2]!,
                  ]}
                />
              ),
            },
            {
              key: 'duplicates',
              label: `${t('objects.duplicateRules')} (${duplicates.length})`,
              children: (
                <Table
                  rowKey="key"
                  size="small"
                  pagination={false}
                  dataSource={duplicates}
                  columns={[
                    columns[0]!,
                    { title: t('objects.match'), render: (_: unknown, e: ElementDescription) => describeMatch(t, property(e, 'match')) },
                    {
                      title: t('objects.ruleAction'),
                      render: (_: unknown, e: ElementDescription) => t(`objects.choices.${String(property(e, 'action') ?? 'warn')}` as 'objects.choices.warn'),
                    },
                    columns[2]!,
                  ]}
                />
              ),
            },
            {
              key: 'recordTypes',
              label: `${t('recordTypes.title')} (${elements.filter((e) => e.type === 'recordType').length})`,
              children: <RecordTypesTab object={name!} own={origin === 'custom'} elements={elements} select={setSelected} />,
            },
            {
              key: 'other',
              label: `${t('objects.other')} (${others.length})`,
              children: (
                <Table
                  rowKey="key"
                  size="small"
                  pagination={false}
                  dataSource={others}
                  columns={[{ title: t('common.type'), render: (_: unknown, e: ElementDescription) => e.type }, ...columns]}
                />
              ),
            },
          ]}
        />
      </Card>
      <Drawer
        open={!!element}
        onClose={() => setSelected(null)}
        size={Math.min(760, window.innerWidth)}
        title={element && `${label(element)} · ${localName(element) || name}`}
      >
        {element?.type === 'recordType' && <RecordTypeEditor key={`${element.key} form`} type={element} elements={elements} />}
        {element?.type === 'field' && property(element, 'type') === 'encryptedText' && <RevealEditor key={`${element.key} reveal`} field={element} elements={elements} />}
        {element && element === self && <LockRightsEditor key={`${element.key} locks`} elements={elements} />}
        {element && (
          <ElementProperties
            key={element.key}
            element={element}
            values={valuesOf(element, elements)}
            deciders={decidersOf(element, elements)}
            done={done}
            removed={() => setSelected(null)}
          />
        )}
      </Drawer>
      {adding === 'field' && <NewField object={place.object} own={place.own} close={place.close} />}
      {adding === 'key' && <NewKey {...place} />}
      {adding === 'duplicate' && <NewDuplicateRule {...place} />}
      {adding === 'rule' && <NewRule {...place} />}
    </>
  );
}
