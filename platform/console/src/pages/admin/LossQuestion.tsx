import { App, Table } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loss, LossPreview } from './losses';

const CONFIRM: Record<`data-${string}`, string> = { 'data-testid': 'confirm-losses' };

/** What would be lost, with the records that the person may read. */
function Losses({ losses }: { losses: Loss[] }) {
  const { t } = useTranslation();
  return (
    <div data-testid="losses">
      {losses.map((loss) => (
        <section key={`${loss.object}/${loss.field}/${loss.kind}`} style={{ marginBottom: 16 }}>
          <p>
            <code>
              {loss.object}.{loss.field}
            </code>{' '}
            {t(`retype.kinds.${loss.kind}`, { count: loss.count })}
          </p>
          <Table
            rowKey="id"
            size="small"
            pagination={{ pageSize: 5, hideOnSinglePage: true }}
            dataSource={loss.records}
            locale={{ emptyText: t('retype.notReadable') }}
            columns={[
              { title: t('retype.record'), render: (_, record) => String(record.title ?? record.id) },
              { title: t('retype.value'), render: (_, record) => <code>{String(record.value ?? '')}</code> },
            ]}
          />
        </section>
      ))}
      <p className="tn-muted">{t('retype.kept')}</p>
    </div>
  );
}

/** Asks whether values may be lost; the list is shown before anything happens. */
export function useLossQuestion() {
  const { modal } = App.useApp();
  const { t } = useTranslation();
  return useCallback(
    async (preview: LossPreview): Promise<boolean> =>
      modal.confirm({
        title: t('retype.title'),
        width: 680,
        content: <Losses losses={preview.losses} />,
        okText: t('retype.confirm'),
        okButtonProps: { danger: true, ...CONFIRM },
        cancelText: t('common.cancel'),
      }),
    [modal, t],
  );
}
