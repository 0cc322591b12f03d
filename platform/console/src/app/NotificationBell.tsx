import { BellOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Empty, Popover } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../api/client';
import type { Notification } from '../api/types';
import { Moment } from '../components/FieldValue';

/** Unread notifications, asked for every half minute. */
export function NotificationBell() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['notifications'],
    queryFn: () => call<{ unread: number; items: Notification[] }>('/api/notifications?unread=true'),
    refetchInterval: 30_000,
  });
  const read = useMutation({
    mutationFn: (item: Notification) => call<void>(`/api/notifications/${item.id}/read`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
  const items = list.data?.items ?? [];
  const open = (item: Notification) => {
    read.mutate(item);
    if (item.object && item.recordId) navigate(`/o/${item.object}/${item.recordId}`);
    else if (item.kind.startsWith('export.')) navigate('/exports');
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title={t('nav.notifications')}
      content={
        <div style={{ width: 340, maxHeight: 420, overflow: 'auto' }}>
          {items.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('nav.noNotifications')} />}
          {items.map((item) => (
            <Button
              key={item.id}
              type="text"
              block
              style={{ height: 'auto', textAlign: 'start', whiteSpace: 'normal', display: 'block', padding: '8px 4px' }}
              onClick={() => open(item)}
            >
              <strong>{item.title}</strong>
              {item.body && <div>{item.body}</div>}
              <div className="tn-muted">
                <Moment value={item.createdAt} />
              </div>
            </Button>
          ))}
        </div>
      }
    >
      <Badge count={list.data?.unread ?? 0} size="small" offset={[-6, 6]}>
        <Button type="text" icon={<BellOutlined />} aria-label={t('nav.notifications')} />
      </Badge>
    </Popover>
  );
}
