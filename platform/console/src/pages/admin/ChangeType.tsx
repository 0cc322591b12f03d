import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ElementDescription, MetadataChange } from '../../api/types';
import { RETYPES, typeChanges, type TypeChange } from './typeChange';

/** Gives a field of the tenant's own layer another type, with its values. */
export function ChangeType({
  open,
  field,
  values,
  busy,
  close,
  publish,
}: {
  open: boolean;
  field: ElementDescription;
  values: ElementDescription[];
  busy: boolean;
  close: () => void;
  publish: (changes: MetadataChange[]) => Promise<boolean>;
}) {
  const { t } = useTranslation();
  const [form] = Form.useForm<TypeChange>();
  const type = Form.useWatch('type', form);
  const change = async (wanted: TypeChange) => {
    if (await publish(typeChanges(field, values, wanted))) close();
  };
  return (
    <Modal
      open={open}
      title={t('retype.change')}
      onCancel={close}
      okText={t('common.save')}
      okButtonProps={{ 'data-testid': 'save-type' }}
      confirmLoading={busy}
      onOk={() => form.submit()}
    >
      <p className="tn-muted">{t('retype.intro')}</p>
      <Form form={form} layout="vertical" onFinish={(wanted) => void change(wanted)}>
        <Form.Item name="type" label={t('common.type')} rules={[{ required: true, message: t('common.required') }]}>
          <Select data-testid="new-type" options={RETYPES.map((value) => ({ value, label: t(`objects.fieldTypes.${value}`) }))} />
        </Form.Item>
        {(type === 'text' || type === 'longText') && (
          <Form.Item name="maxLength" label={t('objects.maxLength')}>
            <InputNumber min={1} max={type === 'text' ? 4000 : 100000} style={{ width: '100%' }} />
          </Form.Item>
        )}
        {(type === 'decimal' || type === 'percent') && (
          <>
            <Form.Item name="precision" label={t('objects.precision')}>
              <InputNumber min={1} max={38} placeholder="12" style={{ width: '100%' }} />
            </Form.Item>
            <Form.Item name="scale" label={t('objects.scale')}>
              <InputNumber min={0} max={18} placeholder="2" style={{ width: '100%' }} />
            </Form.Item>
          </>
        )}
        {(type === 'picklist' || type === 'multiPicklist') && (
          <Form.Item name="keys" label={t('retype.keys')} rules={[{ required: values.length === 0, message: t('common.required') }]}>
            <Input.TextArea autoSize={{ minRows: 3 }} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
