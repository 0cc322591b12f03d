import { Modal, Radio, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choicesOfType, initialType } from '../../api/recordTypes';
import type { ObjectDescription } from '../../api/types';

/** Asks which type a new record shall have. */
export function ChooseRecordType({ object, chosen, cancel }: { object: ObjectDescription; chosen: (type: string) => void; cancel: () => void }) {
  const { t } = useTranslation();
  const [type, setType] = useState(() => initialType(object));
  return (
    <Modal
      open
      title={t('record.newTitle', { object: object.label })}
      okText={t('common.next')}
      okButtonProps={{ 'data-testid': 'choose-record-type', disabled: type === null }}
      onOk={() => type !== null && chosen(type)}
      onCancel={cancel}
    >
      <p className="tn-muted">{t('record.chooseType')}</p>
      <Radio.Group value={type} onChange={(event) => setType(event.target.value as string)}>
        <Space orientation="vertical">
          {choicesOfType(object, null).map((each) => (
            <Radio key={each.key} value={each.key} data-testid={`record-type-${each.key}`}>
              {each.label}
            </Radio>
          ))}
        </Space>
      </Radio.Group>
    </Modal>
  );
}
