import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Col, Form, Input, Row } from 'antd';
import { useTranslation } from 'react-i18next';

/** The values of a new picklist or value set: keys with their labels in both languages. */
export function ValueList() {
  const { t } = useTranslation();
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Form.List name="values" initialValue={[{ key: '', label: '' }]}>
      {(items, { add, remove }) => (
        <>
          {items.map((item) => (
            <Row gutter={8} key={item.key}>
              <Col span={7}>
                <Form.Item name={[item.name, 'key']} rules={[{ required: true, pattern: /^[a-z][A-Za-z0-9]*$/, message: 'abc…' }]}>
                  <Input placeholder={t('objects.valueKey')} />
                </Form.Item>
              </Col>
              <Col span={8}>
                <Form.Item name={[item.name, 'label']} rules={required}>
                  <Input placeholder={t('objects.labelEn')} />
                </Form.Item>
              </Col>
              <Col span={7}>
                <Form.Item name={[item.name, 'labelZh']}>
                  <Input placeholder={t('objects.labelZh')} />
                </Form.Item>
              </Col>
              <Col span={2}>
                <Button type="text" aria-label={t('common.delete')} icon={<MinusCircleOutlined />} onClick={() => remove(item.name)} />
              </Col>
            </Row>
          ))}
          <Button size="small" icon={<PlusOutlined />} onClick={() => add({ key: '', label: '' })} style={{ marginBottom: 16 }}>
            {t('common.add')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
