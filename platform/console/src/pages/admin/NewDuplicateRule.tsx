import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionFaults } from '../../api/expressions';
import type { MetadataChange } from '../../api/types';
import { Problem, useTell } from '../../components/Problem';
import { matchOf, type Criterion } from './duplicateMatch';
import { publish } from './publishing';
import { told } from './schemaChange';

interface Values {
  name: string;
  criteria: Criterion[];
  message: string;
  messageZh?: string;
  action: 'warn' | 'block';
  visibility: 'all' | 'readable';
  condition?: string;
}

/** Adds a duplicate rule: which fields are compared, and what becomes of a save that finds something. */
export function NewDuplicateRule({
  open,
  object,
  own,
  fields,
  close,
  done,
}: {
  open: boolean;
  object: string;
  own: boolean;
  fields: { value: string; label: string }[];
  close: () => void;
  done: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const tell = useTell();
  const [form] = Form.useForm<Values>();
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const required = [{ required: true, message: t('common.required') }];

  const check = async (_: unknown, text: string | undefined) => {
    if (!text?.trim()) return;
    const faults = await conditionFaults(object, text);
    if (faults) throw new Error(faults);
  };

  const create = async (values: Values) => {
    const change: MetadataChange = {
      op: 'add',
      element: `duplicateRule:${object}/${own ? '' : 'c__'}${values.name}`,
      properties: {
        match: matchOf(values.criteria),
        message: values.message,
        ...(values.messageZh ? { 'message@zh-CN': values.messageZh } : {}),
        action: values.action,
        visibility: values.visibility,
        ...(values.condition?.trim() ? { condition: values.condition } : {}),
      },
    };
    setSaving(true);
    setError(null);
    try {
      const result = await publish([change]);
      tell.done(told(t, result));
      form.resetFields();
      close();
      await done();
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };

  return (
    <Modal
      open={open}
      title={t('objects.newDuplicateRule')}
      width={760}
      onCancel={close}
      okText={t('common.save')}
      okButtonProps={{ 'data-testid': 'save-duplicate-rule' }}
      confirmLoading={saving}
      onOk={() => form.submit()}
    >
      <Problem error={error} />
      <Form
        form={form}
        layout="vertical"
        initialValues={{ action: 'warn', visibility: 'all', criteria: [{ alternative: 1, measure: 'normalized' }] }}
        onFinish={(values) => void create(values)}
      >
        <Form.Item
          name="name"
          label={t('objects.apiName')}
          extra={t('objects.apiNameHelp')}
          rules={[{ required: true, pattern: /^[a-z][A-Za-z0-9]{0,39}$/, message: 'abc…' }]}
        >
          <Input prefix={own ? undefined : 'c__'} />
        </Form.Item>
        <Form.Item label={t('objects.match')} extra={t('objects.matchHelp')} required>
          <Form.List name="criteria">
            {(lines, { add, remove }) => (
              <Space orientation="vertical" style={{ width: '100%' }}>
                {lines.map(({ key, name: at }) => (
                  <Space key={key} align="baseline" wrap>
                    <Form.Item name={[at, 'alternative']} noStyle rules={required}>
                      <InputNumber min={1} max={5} style={{ width: 110 }} prefix={t('objects.alternative')} aria-label={t('objects.alternative')} />
                    </Form.Item>
                    <Form.Item name={[at, 'field']} noStyle rules={required}>
                      <Select style={{ width: 200 }} placeholder={t('list.field')} showSearch={{ optionFilterProp: 'label' }} options={fields} />
                    </Form.Item>
                    <Form.Item name={[at, 'measure']} noStyle rules={required}>
                      <Select
                        style={{ width: 180 }}
                        options={(['exact', 'normalized', 'fuzzy'] as const).map((value) => ({ value, label: t(`objects.measures.${value}`) }))}
                      />
                    </Form.Item>
                    <Form.Item noStyle shouldUpdate>
                      {() =>
                        form.getFieldValue(['criteria', at, 'measure']) === 'fuzzy' && (
                          <Form.Item name={[at, 'threshold']} noStyle>
                            <InputNumber min={70} max={100} placeholder="88" style={{ width: 80 }} aria-label={t('objects.threshold')} />
                          </Form.Item>
                        )
                      }
                    </Form.Item>
                    {lines.length > 1 && <Button type="text" icon={<DeleteOutlined />} aria-label={t('common.delete')} onClick={() => remove(at)} />}
                  </Space>
                ))}
                <Button icon={<PlusOutlined />} onClick={() => add({ alternative: 1, measure: 'normalized' })} data-testid="add-criterion">
                  {t('objects.addCriterion')}
                </Button>
              </Space>
            )}
          </Form.List>
        </Form.Item>
        <Form.Item name="action" label={t('objects.ruleAction')}>
          <Select options={(['warn', 'block'] as const).map((value) => ({ value, label: t(`objects.choices.${value}`) }))} />
        </Form.Item>
        <Form.Item name="visibility" label={t('objects.ruleVisibility')} extra={t('objects.ruleVisibilityHelp')}>
          <Select options={(['all', 'readable'] as const).map((value) => ({ value, label: t(`objects.choices.${value}`) }))} />
        </Form.Item>
        <Form.Item name="condition" label={t('objects.condition')} validateDebounce={500} rules={[{ validator: check }]}>
          <Input.TextArea autoSize style={{ fontFamily: 'monospace' }} placeholder="status != 'archived'" />
        </Form.Item>
        <Form.Item name="message" label={t('objects.message')} rules={required}>
          <Input />
        </Form.Item>
        <Form.Item name="messageZh" label={t('objects.messageZh')}>
          <Input />
        </Form.Item>
      </Form>
    </Modal>
  );
}
