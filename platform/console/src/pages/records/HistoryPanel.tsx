import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Spin, Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import { isLinks, valueKind } from '../../api/fields';
import type { FieldDescription, HistorySave, ObjectDescription } from '../../api/types';
import { Moment, shortTime } from '../../components/FieldValue';
import { Problem } from '../../components/Problem';
import { plainText } from '../../components/richText';
import { Secret } from '../../components/Secret';

const EVENTS = {
  CREATED: 'record.createdEvent',
  UPDATED: 'record.changed',
  DELETED: 'record.deletedEvent',
  RESTORED: 'record.restoredEvent',
  CONFIRMED: 'record.confirmedEvent',
  LOCKED: 'record.lockedEvent',
  UNLOCKED: 'record.unlockedEvent',
} as const;

const label = (field: FieldDescription, key: string) => field.values?.find((v) => v.key === key)?.label ?? key;

/** Who changed what, when, and through what. */
export function HistoryPanel({ object, id, version }: { object: ObjectDescription; id: string; version: number }) {
  const { t } = useTranslation();
  const history = useQuery({
    queryKey: ['history', object.name, id, version],
    queryFn: () => call<HistorySave[]>(`/api/records/${object.name}/${id}/history`),
  });
  if (history.error) return <Problem error={history.error} />;
  if (!history.data) return <Spin />;
  if (history.data.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('record.noHistory')} />;
  const linking = (name: string) => object.fields.some((f) => f.name === name && isLinks(f));
  const shown = (name: string, value: string | null) => {
    if (value === null || value === '') return <span className="tn-muted">{t('record.empty')}</span>;
    const field = object.fields.find((f) => f.name === name);
    if (field && valueKind(field) === 'dateTime') return <Moment value={value} />;
    if (field && valueKind(field) === 'richText') return plainText(value);
    if (field && valueKind(field) === 'encryptedText') return <Secret value={value} hidden={field.revealed ?? false} />;
    if (field && valueKind(field) === 'time') return shortTime(value);
    if (field && valueKind(field) === 'multiPicklist') return value.split(';').map((key) => label(field, key)).join(', ');
    return field ? label(field, value) : value;
  };
  return (
    <Card size="small">
      <Timeline
        style={{ marginTop: 12 }}
        items={history.data.map((save) => ({
          key: save.saveId,
          content: (
            <>
              <div>
                <strong>{save.by.name}</strong>{' '}
                {t(EVENTS[save.kind], { rules: save.rules })}
                {save.reason && `: ${save.reason}`}{' '}
                <span className="tn-muted">
                  {t('record.through', { channel: t(`channel.${save.through}` as 'channel.USER') })} · <Moment value={save.at} />
                </span>
              </div>
              {save.kind === 'UPDATED' &&
                save.changes.map((change) => (
                  <div key={change.field}>
                    {change.label}:{' '}
                    {linking(change.field) ? (
                      [
                        ...(change.new ? [t('record.linked', { titles: change.new.replaceAll(';', ', ') })] : []),
                        ...(change.old ? [t('record.unlinked', { titles: change.old.replaceAll(';', ', ') })] : []),
                      ].join('; ')
                    ) : (
                      <>
                        {shown(change.field, change.old)} → {shown(change.field, change.new)}
                      </>
                    )}
                  </div>
                ))}
            </>
          ),
        }))}
      />
    </Card>
  );
}
