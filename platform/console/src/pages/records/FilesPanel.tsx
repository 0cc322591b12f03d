import { FileOutlined, UploadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Empty, List, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { call, download } from '../../api/client';
import { readableSize } from '../../api/files';
import type { AttachmentInfo } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';

/** The record's attachments. */
export function FilesPanel({ object, id, mayAttach }: { object: string; id: string; mayAttach: boolean }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const path = `/api/records/${object}/${id}/attachments`;
  const files = useQuery({ queryKey: ['files', object, id], queryFn: () => call<AttachmentInfo[]>(path) });
  return (
    <Card
      size="small"
      extra={
        mayAttach && (
          <Upload
            showUploadList={false}
            customRequest={async ({ file, onSuccess, onError }) => {
              const form = new FormData();
              form.append('file', file as File);
              try {
                await call(path, { method: 'POST', body: form });
                onSuccess?.(null);
                await queries.invalidateQueries({ queryKey: ['files', object, id] });
              } catch (failure) {
                tell.failed(failure);
                onError?.(failure as Error);
              }
            }}
          >
            <Button icon={<UploadOutlined />}>{t('record.upload')}</Button>
          </Upload>
        )
      }
    >
      <Problem error={files.error} />
      <List
        loading={files.isPending}
        dataSource={files.data ?? []}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('record.noFiles')} /> }}
        renderItem={(file) => (
          <List.Item>
            <List.Item.Meta
              avatar={<FileOutlined />}
              title={
                <Button
                  type="link"
                  style={{ padding: 0 }}
                  onClick={() => download(`/api/attachments/${file.id}`, file.fileName).catch(tell.failed)}
                >
                  {file.fileName}
                </Button>
              }
              description={
                <>
                  {readableSize(file.size)} · {file.createdBy.name} · <Moment value={file.createdAt} />
                </>
              }
            />
          </List.Item>
        )}
      />
    </Card>
  );
}
