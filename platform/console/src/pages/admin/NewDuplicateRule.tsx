import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Select, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { matchOf, type Criterion } from './duplicateMatch';
import { ApiName, ConditionItem, ElementDialog, TextPair } from './ElementDialog';

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
  object,
  own,
  fields,
  close,
}: {
  object: string;
  own: boolean;
  fields: { value: string; label: string }[];
  close: () => void;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const required = [{ required: true, message: t('common.required') }];
  return (
    <ElementDialog<Values>
      title={t('objects.newDuplicateRule')}
      saveId="save-duplicate-rule"
      width={760}
      form={form}
      initialValues={{ action: 'warn', visibility: 'all', criteria: [{ alternative: 1, measure: 'normalized' } as Criterion] }}
      close={close}
      changes={(values) => [
        {
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
        },
      ]}
    >
      <ApiName own={own} />
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
                      style={{ width: 260 }}
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
      <ConditionItem object={object} placeholder="status != 'archived'" />
      <TextPair name="message" english={t('objects.message')} chinese={t('objects.messageZh')} />
    </ElementDialog>
  );
}
