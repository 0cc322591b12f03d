import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../api/client';
import { Problem } from '../../components/Problem';

interface Values {
  format: 'CSV' | 'XLSX';
  charset: 'UTF-8' | 'GBK';
  technicalNames?: boolean;
}

/** How the shown list is exported; the export then runs in the background. */
export function StartExport({ object, name, query, close }: { object: string; name: string; query: string; close: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const format = Form.useWatch('format', form);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const start = async (values: Values) => {
    setBusy(true);
    try {
      await call('/api/exports', { method: 'POST', body: { object, query, fileName: name, ...values } });
      await queries.invalidateQueries({ queryKey: ['exports'] });
      close();
      await navigate('/exports');
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open title={t('exports.newExport')} onCancel={close} okText={t('exports.start')} confirmLoading={busy} onOk={() => form.submit()} okButtonProps={{ 'data-testid': 'start-export' }}>
      <Problem error={error} />
      <Form form={form} layout="vertical" initialValues={{ format: 'XLSX', charset: 'UTF-8' }} onFinish={(values) => void start(values)}>
        <Form.Item name="format" label={t('exports.format')}>
          <Radio.Group options={[{ value: 'XLSX', label: 'Excel (XLSX)' }, { value: 'CSV', label: 'CSV' }]} />
        </Form.Item>
        {format === 'CSV' && (
          <Form.Item name="charset" label={t('imports.charset')} extra={t('exports.gbkHint')}>
            <Select options={[{ value: 'UTF-8', label: 'UTF-8' }, { value: 'GBK', label: 'GBK' }]} />
          </Form.Item>
        )}
        <Form.Item name="technicalNames" valuePropName="checked">
          <Checkbox>{t('exports.technicalNames')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}
