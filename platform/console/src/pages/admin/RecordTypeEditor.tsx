import { Button, Card, Form, Input, Select, Space, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ElementDescription } from '../../api/types';
import { Problem } from '../../components/Problem';
import { formOf, recordTypeChanges, type RecordTypeForm } from './recordTypes';
import { keyOf, valuesOf } from './statusModel';
import { usePublish } from './usePublish';
import { labelIn, propertyOf } from './valueSets';

/** What records of one type may have, begin with and are shown with. */
export function RecordTypeEditor({ type, elements }: { type: ElementDescription; elements: ElementDescription[] }) {
  const { t, i18n } = useTranslation();
  const [form] = Form.useForm<RecordTypeForm>();
  const { change, error, busy } = usePublish();
  const picklists = elements.filter((e) => e.type === 'field' && ['picklist', 'multiPicklist'].includes(String(propertyOf(e, 'type'))) && valuesOf(e, elements).length > 0);
  const options = (all: ElementDescription[]) => all.map((e) => ({ value: keyOf(e), label: labelIn(e, i18n.language) }));
  const ofKind = (kind: string) => options(elements.filter((e) => e.type === kind));
  return (
    <Form form={form} layout="vertical" initialValues={formOf(type, picklists.map(keyOf))} onFinish={(values) => void change(recordTypeChanges(type, values))}>
      <Problem error={error} />
      <Space style={{ display: 'flex' }} styles={{ item: { flex: 1 } }}>
        <Form.Item name="label" label={t('objects.labelEn')} rules={[{ required: true, message: t('common.required') }]}>
          <Input />
        </Form.Item>
        <Form.Item name="labelZh" label={t('objects.labelZh')}>
          <Input />
        </Form.Item>
      </Space>
      <Form.Item name="active" label={t('valueSets.active')} extra={t('recordTypes.activeHelp')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Card size="small" title={t('recordTypes.values')} style={{ marginBottom: 16 }}>
        <p className="tn-muted">{t('recordTypes.valuesHelp')}</p>
        {picklists.map((field) => (
          <Space key={field.key} style={{ display: 'flex' }} styles={{ item: { flex: 1 } }}>
            <Form.Item name={['values', keyOf(field)]} label={labelIn(field, i18n.language)}>
              <Select mode="multiple" allowClear placeholder={t('recordTypes.all')} data-testid={`type-values-${keyOf(field)}`} options={options(valuesOf(field, elements))} />
            </Form.Item>
            {propertyOf(field, 'type') === 'picklist' && (
              <Form.Item name={['defaults', keyOf(field)]} label={t('recordTypes.defaultValue')}>
                <Select allowClear options={options(valuesOf(field, elements))} />
              </Form.Item>
            )}
          </Space>
        ))}
      </Card>
      <Card size="small" title={t('recordTypes.layout')} style={{ marginBottom: 16 }}>
        <Form.Item name="sections" label={t('recordTypes.sections')}>
          <Select mode="multiple" allowClear placeholder={t('recordTypes.all')} options={ofKind('section')} />
        </Form.Item>
        <Form.Item name="related" label={t('recordTypes.related')}>
          <Select mode="multiple" allowClear placeholder={t('recordTypes.all')} options={ofKind('related')} />
        </Form.Item>
      </Card>
      <Button type="primary" htmlType="submit" loading={busy} data-testid="save-type">
        {t('common.save')}
      </Button>
    </Form>
  );
}
