import { FileOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Image, Space } from 'antd';
import { useEffect } from 'react';
import { download } from '../api/client';
import { readableSize, type FileValue } from '../api/files';
import { contentUrl } from '../api/fileTransfer';
import { useTell } from './Problem';

const PREVIEW = 120;

/** A file by its name, to be saved by a click; an image as itself. */
export function StoredFile({ file, image }: { file: FileValue; image: boolean }) {
  const tell = useTell();
  return (
    <Space orientation={image ? 'vertical' : 'horizontal'} size={4}>
      {image ? <Preview file={file} /> : <FileOutlined />}
      <Button type="link" style={{ padding: 0, height: 'auto' }} onClick={() => download(file.href, file.name).catch(tell.failed)}>
        {file.name}
      </Button>
      <span className="tn-muted">
        {readableSize(file.size)}
        {file.width && file.height ? ` · ${file.width} × ${file.height}` : ''}
      </span>
    </Space>
  );
}

function Preview({ file }: { file: FileValue }) {
  const content = useQuery({ queryKey: ['file', file.id], queryFn: () => contentUrl(file), staleTime: 0, gcTime: 0 });
  const url = content.data;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  return url ? <Image src={url} alt={file.name} style={{ maxHeight: PREVIEW, maxWidth: PREVIEW * 2, objectFit: 'contain' }} /> : null;
}
