import { EditOutlined, UndoOutlined } from '@ant-design/icons';
import { Button, Input, Popconfirm, Popover, Select, Space, Table, Tag, Timeline, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ElementDescription, ElementProperty, MetadataChange } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';
import { ConditionInput } from './ConditionInput';
import { changeTo, conditionChange, isCondition, objectOf } from './conditions';
import { choicesOf, isListOfTexts, isNumber, listValue, withPossible } from './typeProperties';
import { isDecider, isListOfValues, keyOf, propertiesOf, type Decider } from './statusModel';
import { ChangeType } from './ChangeType';
import { useLossQuestion } from './LossQuestion';
import { asking } from './losses';
import { lossesOf, publish as publishChanges } from './publishing';
import { told } from './schemaChange';

export function shownValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  // A layer's change of a list names only what it adds and takes out.
  const { add, remove, ...rest } = value as { add?: unknown; remove?: unknown };
  if (!Array.isArray(value) && Object.keys(rest).length === 0 && [add ?? [], remove ?? []].every(Array.isArray)) {
    return [...((add as unknown[]) ?? []).map((x) => `+ ${shownValue(x)}`), ...((remove as unknown[]) ?? []).map((x) => `− ${shownValue(x)}`)].join(', ');
  }
  return JSON.stringify(value);
}

/** The text of an edited value back in the type it had. */
export function parsedValue(text: string, before: unknown): unknown {
  if (typeof before === 'boolean') return text === 'true';
  if (typeof before === 'number') return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
  if (before !== null && typeof before === 'object') return JSON.parse(text) as unknown;
  return text;
}

/** Every property of one element with the layer in force, the chain behind it, and what may be changed here. */
export function ElementProperties({
  element,
  values,
  deciders,
  done,
  removed,
}: {
  element: ElementDescription;
  values: ElementDescription[];
  /** Fields that this one may depend on. */
  deciders: Decider[];
  done: () => Promise<void>;
  removed: () => void;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const [editing, setEditing] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [retyping, setRetyping] = useState(false);
  const askAboutLosses = useLossQuestion();

  const publish = async (changes: MetadataChange[]) => {
    setBusy(true);
    setError(null);
    try {
      const result = await asking((confirm) => publishChanges(changes, confirm), () => lossesOf(changes), askAboutLosses);
      if (!result) return false;
      tell.done(told(t, result));
      setEditing(null);
      await done();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const publishOrClose = (change: MetadataChange | null) => {
    if (change) void publish([change]);
    else setEditing(null);
  };
  const save = (property: ElementProperty) => {
    if (isCondition(element, property.name)) return publishOrClose(conditionChange(element, property, text));
    if (isNumber(element, property.name)) {
      return publishOrClose(changeTo(element, property, text.trim() === '' ? null : parsedValue(text, 0)));
    }
    if (isListOfValues(element, property.name) || isListOfTexts(element, property.name)) {
      const change = changeTo(element, property, listValue(element, property, chosen));
      // What another layer said stays; only this one's additions go.
      const taken = property.name === 'targets' && change?.op === 'set' && change.value === null;
      return publishOrClose(taken ? { op: 'reset', element: element.key, property: property.name } : change);
    }
    if (isDecider(element, property.name)) return publishOrClose(changeTo(element, property, text || null));
    let value: unknown;
    try {
      value = parsedValue(text, property.value);
    } catch (failure) {
      setError(failure);
      return;
    }
    void publish([{ op: 'set', element: element.key, property: property.name, value }]);
  };

  return (
    <Space orientation="vertical" style={{ width: '100%' }} size={16}>
      <Problem error={error} />
      <Table<ElementProperty>
        rowKey="name"
        size="small"
        pagination={false}
        dataSource={withPossible(element, propertiesOf(element, values, deciders))}
        columns={[
          { title: t('packages.property'), dataIndex: 'name', width: 150 },
          {
            title: t('objects.value'),
            render: (_, property) =>
              editing === property.name ? (
                <Space.Compact style={{ width: '100%' }}>
                  {typeof property.value === 'boolean' ? (
                    <Select
                      value={text}
                      style={{ width: '100%' }}
                      options={[
                        { value: 'true', label: t('common.yes') },
                        { value: 'false', label: t('common.no') },
                      ]}
                      onChange={setText}
                    />
                  ) : isListOfValues(element, property.name) ? (
                    <Select
                      mode="multiple"
                      aria-label={property.name}
                      value={chosen}
                      style={{ width: '100%' }}
                      options={values.map((value) => ({ value: keyOf(value), label: keyOf(value) }))}
                      onChange={setChosen}
                    />
                  ) : isListOfTexts(element, property.name) ? (
                    <Select
                      mode="tags"
                      aria-label={property.name}
                      value={chosen}
                      style={{ width: '100%' }}
                      tokenSeparators={[',', ' ']}
                      onChange={setChosen}
                    />
                  ) : choicesOf(element, property.name).length > 0 ? (
                    <Select
                      aria-label={property.name}
                      value={text}
                      style={{ width: '100%' }}
                      options={choicesOf(element, property.name).map((value) => ({ value, label: property.name === 'mask' ? t(`objects.masks.${value}` as 'objects.masks.all') : t(`objects.choices.${value}`, value) }))}
                      onChange={setText}
                    />
                  ) : isDecider(element, property.name) ? (
                    <Select
                      allowClear
                      aria-label={property.name}
                      value={text || undefined}
                      style={{ width: '100%' }}
                      options={deciders.map((field) => ({ value: field.name, label: field.name }))}
                      onChange={(name?: string) => setText(name ?? '')}
                    />
                  ) : isCondition(element, property.name) ? (
                    <ConditionInput
                      object={objectOf(element)}
                      candidatesOf={property.name === 'candidateFilter' ? keyOf(element) : undefined}
                      label={property.name}
                      value={text}
                      onChange={setText}
                    />
                  ) : (
                    <Input.TextArea autoSize value={text} onChange={(event) => setText(event.target.value)} aria-label={property.name} />
                  )}
                  <Button type="primary" loading={busy} onClick={() => save(property)} data-testid="save-property">
                    {t('common.save')}
                  </Button>
                  <Button onClick={() => setEditing(null)}>{t('common.cancel')}</Button>
                </Space.Compact>
              ) : (
                <span style={{ overflowWrap: 'anywhere' }}>
                  {typeof property.value === 'boolean' ? (property.value ? t('common.yes') : t('common.no')) : shownValue(property.value)}
                </span>
              ),
          },
          {
            title: t('objects.layer'),
            width: 120,
            render: (_, property) => (
              <Popover
                title={t('objects.why')}
                content={
                  <Timeline
                    style={{ marginTop: 12, maxWidth: 420 }}
                    items={property.chain.map((link, at) => ({
                      key: at,
                      content: (
                        <>
                          <Tag color={link.layer === 'custom' ? 'blue' : undefined}>{link.layer}</Tag>
                          <span className="tn-muted">
                            {link.file}
                            {link.line > 0 && `:${link.line}`}
                          </span>
                          <div>{shownValue(link.value)}</div>
                        </>
                      ),
                    }))}
                  />
                }
              >
                <Tag color={property.layer === 'custom' ? 'blue' : undefined} style={{ cursor: 'help' }}>
                  {property.layer}
                </Tag>
              </Popover>
            ),
          },
          {
            width: 90,
            render: (_, property) => (
              <Space size={0}>
                <Tooltip title={property.changeable ? t('objects.editValue') : t('objects.notChangeable')}>
                  <Button
                    type="text"
                    size="small"
                    aria-label={t('objects.editValue')}
                    icon={<EditOutlined />}
                    disabled={!property.changeable}
                    onClick={() => {
                      if (element.type === 'field' && property.name === 'type') return setRetyping(true);
                      setEditing(property.name);
                      setText(shownValue(property.value));
                      setChosen(Array.isArray(property.value) ? (property.value as string[]) : []);
                    }}
                  />
                </Tooltip>
                {property.layer === 'custom' && element.origin !== 'custom' && (
                  <Tooltip title={t('objects.reset')}>
                    <Button
                      type="text"
                      size="small"
                      aria-label={t('objects.reset')}
                      icon={<UndoOutlined />}
                      loading={busy}
                      onClick={() => void publish([{ op: 'reset', element: element.key, property: property.name }])}
                    />
                  </Tooltip>
                )}
              </Space>
            ),
          },
        ]}
      />
      {element.type === 'field' && (
        <ChangeType open={retyping} field={element} values={values} busy={busy} close={() => setRetyping(false)} publish={publish} />
      )}
      {values.length > 0 && (
        <Table<ElementDescription>
          rowKey="key"
          size="small"
          pagination={false}
          title={() => t('objects.values')}
          dataSource={values}
          columns={[
            { title: t('objects.valueKey'), render: (_, value) => <code>{keyOf(value)}</code> },
            { title: t('common.label'), render: (_, value) => shownValue(value.properties.find((p) => p.name === 'label')?.value) },
            { title: t('common.chinese'), render: (_, value) => shownValue(value.properties.find((p) => p.name === 'label@zh-CN')?.value) },
            { title: t('objects.origin'), render: (_, value) => <Tag color={value.origin === 'custom' ? 'blue' : undefined}>{value.origin}</Tag> },
          ]}
        />
      )}
      {element.origin === 'custom' && (
        <Popconfirm
          title={t('common.confirmDelete', { name: element.key })}
          onConfirm={async () => {
            if (await publish([{ op: 'remove', element: element.key }])) removed();
          }}
        >
          <Button danger loading={busy}>
            {t('objects.remove')}
          </Button>
        </Popconfirm>
      )}
    </Space>
  );
}
