import { useQuery } from '@tanstack/react-query';
import { Card, Col, Empty, List, Row as Columns } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../api/client';
import type { InboxItem } from '../api/types';
import { useApps, useMe } from '../app/model';
import { Moment } from '../components/FieldValue';
import { Problem } from '../components/Problem';

export function HomePage() {
  const { t } = useTranslation();
  const me = useMe();
  const apps = useApps();
  const todo = useQuery({
    queryKey: ['inbox', 'todo', 'home'],
    queryFn: () => call<{ items: InboxItem[] }>('/api/approvals/todo?limit=8'),
  });
  return (
    <>
      <div className="tn-page-head">
        <h1>{me.data && t('home.greeting', { name: me.data.name })}</h1>
      </div>
      <Problem error={me.error ?? apps.error} />
      <Columns gutter={[16, 16]}>
        <Col xs={24} lg={14}>
          <Card title={t('home.waiting')} extra={<Link to="/approvals">{t('approval.title')}</Link>}>
            <Problem error={todo.error} />
            <List
              loading={todo.isPending}
              dataSource={todo.data?.items ?? []}
              locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('home.nothingWaiting')} /> }}
              renderItem={(item) => (
                <List.Item extra={<Moment value={item.activatedAt} />}>
                  <List.Item.Meta
                    title={<Link to={`/o/${item.object}/${item.recordId}?tab=approval`}>{item.title}</Link>}
                    description={`${item.process.label} · ${item.stepLabel ?? ''} · ${item.submitter.name}`}
                  />
                </List.Item>
              )}
            />
          </Card>
        </Col>
        <Col xs={24} lg={10}>
          {(apps.data ?? []).map((app) => (
            <Card key={app.name} title={app.label} style={{ marginBottom: 16 }}>
              <Columns gutter={[12, 12]}>
                {app.objects.map((object) => (
                  <Col span={12} key={object.name}>
                    <Link to={`/o/${object.name}`}>{object.pluralLabel}</Link>
                  </Col>
                ))}
              </Columns>
            </Card>
          ))}
        </Col>
      </Columns>
    </>
  );
}
