import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Space, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredTypes, readableSize, type FileValue } from '../api/files';
import { uploadFile } from '../api/fileTransfer';
import type { FieldDescription } from '../api/types';
import { StoredFile } from './StoredFile';
import { Problem } from './Problem';

/** Uploads a file at once; the record has it when it is saved. */
export function FileInput({
  object,
  field,
  value,
  onChange,
  id,
}: {
  object: string;
  field: FieldDescription;
  value?: FileValue | null;
  onChange: (file: FileValue | null) => void;
  id?: string;
}) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  return (
    <Space orientation="vertical" style={{ width: '100%' }}>
      {value && <StoredFile file={value} image={field.type === 'image'} />}
      <Space>
        <Upload
          id={id}
          showUploadList={false}
          accept={offeredTypes(field)}
          customRequest={async ({ file, onSuccess, onError }) => {
            setSending(true);
            setError(null);
            try {
              onChange(await uploadFile(object, field.name, file as File));
              onSuccess?.(null);
            } catch (failure) {
              setError(failure);
              onError?.(failure as Error);
            } finally {
              setSending(false);
            }
          }}
        >
          <Button icon={<UploadOutlined />} loading={sending} data-testid={`upload-${field.name}`}>
            {t(value ? 'record.replaceFile' : 'record.upload')}
          </Button>
        </Upload>
        {value && (
          <Button icon={<DeleteOutlined />} onClick={() => onChange(null)}>
            {t('record.removeFile')}
          </Button>
        )}
        {field.maxSize && <span className="tn-muted">{t('record.atMost', { size: readableSize(field.maxSize) })}</span>}
      </Space>
      <Problem error={error} />
    </Space>
  );
}
