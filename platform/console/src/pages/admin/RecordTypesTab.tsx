import { PlusOutlined } from '@ant-design/icons';
import { Button, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ElementDescription } from '../../api/types';
import { Problem } from '../../components/Problem';
import { ApiName, ElementDialog, TextPair } from './ElementDialog';
import { newRecordType, type NewRecordType } from './recordTypes';
import { keyOf } from './statusModel';
import { usePublish } from './usePublish';
import { labelIn, propertyOf } from './valueSets';

/** The record types of an object; the one that new records get can be changed here. */
export function RecordTypesTab({ object, own, elements, select }: { object: string; own: boolean; elements: ElementDescription[]; select: (key: string) => void }) {
  const { t, i18n } = useTranslation();
  const { change, error, busy } = usePublish();
  const [adding, setAdding] = useState(false);
  const types = elements.filter((e) => e.type === 'recordType');
  const self = elements.find((e) => e.type === 'object');
  const active = types.filter((type) => propertyOf(type, 'active') !== false);
  const byDefault = (self && (propertyOf(self, 'defaultRecordType') as string | null | undefined)) ?? (active[0] && keyOf(active[0]));
  return (
    <>
      <p className="tn-muted">{t('recordTypes.intro')}</p>
      <Problem error={error} />
      <Button size="small" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="new-record-type" style={{ marginBottom: 12 }}>
        {t('recordTypes.newType')}
      </Button>
      <Table<ElementDescription>
        rowKey="key"
        size="small"
        pagination={false}
        dataSource={types}
        columns={[
          {
            title: t('common.label'),
            render: (_, type) => (
              <Button type="link" style={{ padding: 0 }} onClick={() => select(type.key)}>
                {labelIn(type, i18n.language)}
              </Button>
            ),
          },
          { title: t('objects.apiName'), render: (_, type) => <code>{keyOf(type)}</code> },
          { title: t('valueSets.active'), render: (_, type) => (propertyOf(type, 'active') === false ? t('common.no') : t('common.yes')) },
          { title: t('objects.origin'), render: (_, type) => <Tag color={type.origin === 'custom' ? 'blue' : undefined}>{type.origin}</Tag> },
          {
            title: t('recordTypes.byDefault'),
            render: (_, type) =>
              keyOf(type) === byDefault ? (
                <Tag color="green">{t('recordTypes.byDefault')}</Tag>
              ) : (
                <Button
                  size="small"
                  disabled={busy || propertyOf(type, 'active') === false}
                  onClick={() => void change([{ op: 'set', element: `object:${object}`, property: 'defaultRecordType', value: keyOf(type) }])}
                >
                  {t('recordTypes.makeDefault')}
                </Button>
              ),
          },
        ]}
      />
      {adding && <NewType object={object} own={own} close={() => setAdding(false)} />}
    </>
  );
}

function NewType({ object, own, close }: { object: string; own: boolean; close: () => void }) {
  const { t } = useTranslation();
  return (
    <ElementDialog<NewRecordType>
      title={t('recordTypes.newType')}
      saveId="save-record-type"
      close={close}
      changes={(values) => [newRecordType(object, own, values)]}
    >
      <ApiName name="key" shape="key" own={own} />
      <TextPair name="label" english={t('objects.labelEn')} chinese={t('objects.labelZh')} />
    </ElementDialog>
  );
}
