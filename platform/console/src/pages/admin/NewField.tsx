import { Col, Form, Input, InputNumber, Row, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAllObjects, useObject, useValueSets } from '../../app/model';
import { ApiName, ElementDialog, TextPair } from './ElementDialog';
import { CHOICES, fieldChanges, FIELD_TYPES, hasLength, hasValues, INDEXED_TYPES, isFileType, mayBeUnique, type NewFieldValues } from './fieldChanges';
import { RollUpInputs } from './RollUpInputs';
import { ValueList } from './ValueList';
import { labelIn, propertyOf } from './valueSets';

export function NewField({ object, own, close }: { object: string; own: boolean; close: () => void }) {
  const { t, i18n } = useTranslation();
  const sets = useValueSets();
  const objects = useAllObjects();
  const described = useObject(object);
  const days = (described.data?.fields ?? []).filter((f) => ['date', 'dateTime'].includes(f.resultType ?? f.type));
  const [form] = Form.useForm<NewFieldValues>();
  const type = Form.useWatch('type', form) ?? 'text';
  const resultType = Form.useWatch('resultType', form);
  const codes = Form.useWatch('codes', form);
  const valueSet = Form.useWatch('valueSet', form);
  const unique = Form.useWatch('unique', form);
  const required = [{ required: true, message: t('common.required') }];

  const decimal = type === 'decimal' || type === 'percent' || type === 'currency' || (type === 'formula' && resultType === 'decimal');
  return (
    <ElementDialog<NewFieldValues>
      title={t('objects.newField')}
      saveId="save-field"
      width={680}
      form={form}
      initialValues={{ type: 'text', resultType: 'text' }}
      close={close}
      changes={(values) => fieldChanges(object, own, values)}
    >
      <Row gutter={16}>
        <Col span={24}>
          <TextPair name="label" english={t('objects.labelEn')} chinese={t('objects.labelZh')} />
        </Col>
        <Col span={12}>
          <ApiName own={own} placeholder="storeSize" />
        </Col>
        <Col span={12}>
          <Form.Item name="type" label={t('common.type')} rules={required}>
            <Select data-testid="field-type" options={FIELD_TYPES.map((value) => ({ value, label: t(`objects.fieldTypes.${value}`) }))} />
          </Form.Item>
        </Col>
        {hasLength(type) && (
          <Col span={12}>
            <Form.Item name="maxLength" label={t('objects.maxLength')}>
              <InputNumber min={1} max={type === 'text' ? 4000 : 100000} style={{ width: '100%' }} placeholder={['text', 'encryptedText'].includes(type) ? '255' : '32000'} />
            </Form.Item>
          </Col>
        )}
        {type === 'encryptedText' && (
          <Col span={12}>
            <Form.Item name="mask" label={t('objects.mask')} extra={t('objects.maskHelp')} initialValue="all">
              <Select options={CHOICES.mask!.map((value) => ({ value, label: t(`objects.masks.${value}` as 'objects.masks.all') }))} />
            </Form.Item>
          </Col>
        )}
        {type === 'formula' && (
          <>
            <Col span={12}>
              <Form.Item name="resultType" label={t('objects.resultType')} rules={required}>
                <Select
                  options={(['text', 'integer', 'decimal', 'boolean', 'date', 'dateTime', 'time'] as const).map((value) => ({
                    value,
                    label: t(`objects.fieldTypes.${value}`),
                  }))}
                />
              </Form.Item>
            </Col>
            <Col span={24}>
              <Form.Item name="expression" label={t('objects.expression')} rules={required}>
                <Input.TextArea autoSize={{ minRows: 2 }} placeholder="salary * 12.0" style={{ fontFamily: 'monospace' }} />
              </Form.Item>
            </Col>
          </>
        )}
        {decimal && (
          <>
            <Col span={12}>
              <Form.Item name="precision" label={t('objects.precision')}>
                <InputNumber min={1} max={38} style={{ width: '100%' }} placeholder="12" />
              </Form.Item>
            </Col>
            <Col span={12}>
              <Form.Item name="scale" label={t('objects.scale')}>
                <InputNumber min={0} max={18} style={{ width: '100%' }} placeholder="2" />
              </Form.Item>
            </Col>
          </>
        )}
        {type === 'currency' && (
          <Col span={12}>
            <Form.Item name="rateDate" label={t('objects.rateDate')} extra={t('objects.rateDateHelp')}>
              <Select allowClear options={days.map((f) => ({ value: f.name, label: f.label }))} />
            </Form.Item>
          </Col>
        )}
        {isFileType(type) && (
          <>
            <Col span={12}>
              <Form.Item name="accept" label={t('objects.accept')} extra={t('objects.acceptHelp')}>
                <Select mode="tags" tokenSeparators={[',', ' ']} placeholder={type === 'file' ? 'application/pdf' : 'image/png'} />
              </Form.Item>
            </Col>
            <Col span={12}>
              <Form.Item name="maxSize" label={t('objects.maxSize')}>
                <InputNumber min={1} max={52428800} style={{ width: '100%' }} placeholder="20971520" />
              </Form.Item>
            </Col>
          </>
        )}
        {(type === 'lookup' || type === 'manyToMany') && (
          <Col span={12}>
            <Form.Item name="target" label={t('objects.target')} rules={required}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={(objects.data ?? []).map((o) => ({ value: o.name, label: o.label }))}
              />
            </Form.Item>
          </Col>
        )}
        {type === 'polymorphicLookup' && (
          <Col span={12}>
            <Form.Item name="targets" label={t('objects.targets')} extra={t('objects.targetsHelp')} rules={required}>
              <Select
                mode="multiple"
                maxCount={10}
                showSearch={{ optionFilterProp: 'label' }}
                options={(objects.data ?? []).map((o) => ({ value: o.name, label: o.label }))}
              />
            </Form.Item>
          </Col>
        )}
        {type === 'manyToMany' && (
          <>
            <Col span={12}>
              <Form.Item name="inverseLabel" label={t('objects.inverseLabel')}>
                <Input />
              </Form.Item>
            </Col>
            <Col span={12}>
              <Form.Item name="inverseLabelZh" label={t('objects.inverseLabelZh')}>
                <Input />
              </Form.Item>
            </Col>
          </>
        )}
        {type === 'autoNumber' && (
          <>
            <Col span={12}>
              <Form.Item name="format" label={t('objects.fieldTypes.autoNumber')} extra={t('objects.numberFormatHelp')} rules={required}>
                <Input placeholder="ST-{yyyy}-{0000}" />
              </Form.Item>
            </Col>
            <Col span={12}>
              <Form.Item name="reset" label={t('objects.countReset')} initialValue="never">
                <Select options={CHOICES.reset!.map((value) => ({ value, label: t(`objects.resets.${value}` as 'objects.resets.never') }))} />
              </Form.Item>
            </Col>
            <Col span={12}>
              <Form.Item name="gapless" label={t('objects.gapless')} extra={t('objects.gaplessHelp')} valuePropName="checked">
                <Switch />
              </Form.Item>
            </Col>
          </>
        )}
        {type === 'rollUp' && <RollUpInputs owner={object} />}
        {hasValues(type) && !codes && (
          <Col span={12}>
            <Form.Item name="valueSet" label={t('valueSets.shared')} extra={t('valueSets.sharedHelp')}>
              <Select
                allowClear
                data-testid="field-value-set"
                placeholder={t('objects.ownValues')}
                options={(sets.data ?? [])
                  .filter((set) => propertyOf(set.elements[0]!, 'hidden') !== true)
                  .map((set) => ({ value: set.name, label: labelIn(set.elements[0]!, i18n.language) }))}
              />
            </Form.Item>
          </Col>
        )}
        {type === 'picklist' && !valueSet && (
          <Col span={12}>
            <Form.Item name="codes" label={t('objects.codes')}>
              <Select
                allowClear
                placeholder={t('objects.ownValues')}
                options={(['currencies', 'countries'] as const).map((value) => ({ value, label: t(`objects.standardCodes.${value}`) }))}
              />
            </Form.Item>
          </Col>
        )}
        {hasValues(type) && !codes && !valueSet && (
          <Col span={24}>
            <ValueList />
          </Col>
        )}
        <Col span={24}>
          <Form.Item name="help" label={t('objects.help')}>
            <Input />
          </Form.Item>
        </Col>
        {INDEXED_TYPES.includes(type) && !unique && (
          <Col span={12}>
            <Form.Item name="indexed" label={t('objects.indexed')} extra={t('objects.indexedHelp')} valuePropName="checked">
              <Switch />
            </Form.Item>
          </Col>
        )}
        {unique && ['text', 'email', 'phone', 'url'].includes(type) && (
          <Col span={12}>
            <Form.Item name="ignoreCase" label={t('objects.ignoreCase')} extra={t('objects.ignoreCaseHelp')} valuePropName="checked">
              <Switch />
            </Form.Item>
          </Col>
        )}
        {type !== 'formula' && type !== 'autoNumber' && type !== 'rollUp' && type !== 'manyToMany' && (
          <>
            <Col span={12}>
              <Form.Item name="required" label={t('objects.required')} valuePropName="checked">
                <Switch />
              </Form.Item>
            </Col>
            {mayBeUnique(type) && (
              <Col span={12}>
                <Form.Item name="unique" label={t('objects.unique')} valuePropName="checked">
                  <Switch />
                </Form.Item>
              </Col>
            )}
          </>
        )}
      </Row>
    </ElementDialog>
  );
}
