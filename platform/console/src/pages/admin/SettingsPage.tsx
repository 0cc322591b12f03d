import { EditOutlined, UndoOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Modal, Popconfirm, Space, Spin, Table, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { MetadataChange } from '../../api/types';
import { FieldInput } from '../../components/FieldInput';
import { Problem, useTell } from '../../components/Problem';
import { publish } from './publishing';
import { told } from './schemaChange';
import { fieldOf, hidden, settingChange, shown, type SettingDescription } from './settings';

/** The settings of all packages: what is in force, from which layer, and the own layer's word on it. */
export default function SettingsPage() {
  const { t, i18n } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<SettingDescription | null>(null);
  const [filled, setFilled] = useState<unknown>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const settings = useQuery({
    queryKey: ['settings', i18n.language],
    queryFn: () => call<SettingDescription[]>('/api/admin/settings'),
  });
  if (settings.error) return <Problem error={settings.error} />;
  if (!settings.data) return <Spin />;

  const change = async (wanted: MetadataChange | null) => {
    setError(null);
    if (!wanted) return setEditing(null);
    setBusy(true);
    try {
      tell.done(told(t, await publish([wanted])));
      setEditing(null);
      await queries.invalidateQueries();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const edit = (setting: SettingDescription) => {
    setError(null);
    setFilled(setting.value);
    setEditing(setting);
  };
  const read = (setting: SettingDescription, value: unknown) => shown(setting, value, t('common.yes'), t('common.no'));

  return (
    <>
      <div className="tn-page-head">
        <h1>{t('settings.title')}</h1>
      </div>
      {!editing && <Problem error={error} />}
      <Card size="small">
        <p className="tn-muted">{t('settings.help')}</p>
        <Table<SettingDescription>
          rowKey="key"
          size="small"
          pagination={false}
          scroll={{ x: 700 }}
          dataSource={settings.data}
          columns={[
            {
              title: t('common.label'),
              render: (_, setting) => (
                <>
                  {setting.label} <code className="tn-muted">{setting.name}</code>
                  {setting.help && <div className="tn-muted">{setting.help}</div>}
                </>
              ),
            },
            {
              title: t('common.type'),
              width: 130,
              render: (_, setting) => t(`objects.fieldTypes.${setting.type}` as 'objects.fieldTypes.text', { defaultValue: setting.type }),
            },
            {
              title: t('objects.value'),
              render: (_, setting) => (
                <span data-testid={`setting-${setting.name}`}>
                  {read(setting, setting.value) || <span className="tn-muted">{t('settings.nothing')}</span>}
                </span>
              ),
            },
            {
              title: t('settings.from'),
              width: 130,
              render: (_, setting) => (
                <Tooltip title={setting.chain.map((step) => `${step.layer}: ${read(setting, step.value)}`).join(' → ')}>
                  <Tag color={setting.layer === 'custom' ? 'gold' : undefined}>{setting.layer ?? setting.origin}</Tag>
                </Tooltip>
              ),
            },
            {
              width: 90,
              render: (_, setting) => {
                const below = hidden(setting);
                return (
                  <Space>
                    <Tooltip title={t('settings.change')}>
                      <Button
                        size="small"
                        icon={<EditOutlined />}
                        aria-label={t('settings.change')}
                        disabled={!setting.changeable}
                        onClick={() => edit(setting)}
                        data-testid={`change-${setting.name}`}
                      />
                    </Tooltip>
                    {below && (
                      <Popconfirm
                        title={t('settings.takeBackConfirm', { value: read(setting, below.value), layer: below.layer })}
                        okText={t('settings.takeBack')}
                        onConfirm={() => change({ op: 'reset', element: setting.key, property: 'value' })}
                      >
                        <Button size="small" icon={<UndoOutlined />} aria-label={t('settings.takeBack')} />
                      </Popconfirm>
                    )}
                  </Space>
                );
              },
            },
          ]}
        />
      </Card>
      <Modal
        open={editing !== null}
        title={editing?.label}
        okText={t('common.save')}
        cancelText={t('common.cancel')}
        confirmLoading={busy}
        onOk={() => editing && change(settingChange(editing, filled))}
        onCancel={() => setEditing(null)}
        destroyOnHidden
      >
        <Problem error={error} />
        {editing?.help && <p className="tn-muted">{editing.help}</p>}
        {editing && <FieldInput field={fieldOf(editing)} value={filled} onChange={setFilled} />}
      </Modal>
    </>
  );
}
