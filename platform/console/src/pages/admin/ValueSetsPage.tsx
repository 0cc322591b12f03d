import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Drawer, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useValueSets } from '../../app/model';
import { Problem } from '../../components/Problem';
import { ApiName, ElementDialog, TextPair } from './ElementDialog';
import { RunningSchemaChange } from './RunningSchemaChange';
import { ValueList } from './ValueList';
import { ValueSetEditor } from './ValueSetEditor';
import { labelIn, newSet, propertyOf, type NewSetValues, type ValueSet } from './valueSets';

/** Value sets that several picklists have together: a change of one counts for all of them. */
export default function ValueSetsPage() {
  const { t, i18n } = useTranslation();
  const sets = useValueSets();
  const [adding, setAdding] = useState(false);
  const [selected, setSelected] = useState<string | null>(null);
  const shown = sets.data?.find((set) => set.name === selected);
  return (
    <>
      <div className="tn-page-head">
        <h1>{t('valueSets.title')}</h1>
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)} data-testid="new-value-set">
          {t('valueSets.newSet')}
        </Button>
      </div>
      <p className="tn-muted">{t('valueSets.intro')}</p>
      <RunningSchemaChange />
      <Problem error={sets.error} />
      <Card>
        <Table<ValueSet>
          rowKey="name"
          size="middle"
          loading={sets.isPending}
          dataSource={sets.data ?? []}
          pagination={false}
          columns={[
            {
              title: t('common.label'),
              render: (_, set) => (
                <Space>
                  <Button type="link" style={{ padding: 0 }} onClick={() => setSelected(set.name)}>
                    {labelIn(set.elements[0]!, i18n.language)}
                  </Button>
                  {propertyOf(set.elements[0]!, 'hidden') === true && <Tag>{t('valueSets.hidden')}</Tag>}
                </Space>
              ),
            },
            { title: t('objects.apiName'), render: (_, set) => <code>{set.name}</code> },
            { title: t('objects.values'), className: 'tn-number', width: 100, render: (_, set) => set.elements.length - 1 },
            { title: t('valueSets.usedBy'), className: 'tn-number', width: 120, render: (_, set) => set.usedBy.length },
            {
              title: t('objects.origin'),
              render: (_, set) => <Tag color={set.elements[0]!.origin === 'custom' ? 'blue' : undefined}>{set.elements[0]!.origin}</Tag>,
            },
          ]}
        />
      </Card>
      <Drawer
        open={!!shown}
        onClose={() => setSelected(null)}
        size={Math.min(860, window.innerWidth)}
        title={shown && `${labelIn(shown.elements[0]!, i18n.language)} · ${shown.name}`}
      >
        {shown && <ValueSetEditor key={shown.name} set={shown} removed={() => setSelected(null)} />}
      </Drawer>
      {adding && <NewSet close={() => setAdding(false)} made={setSelected} />}
    </>
  );
}

function NewSet({ close, made }: { close: () => void; made: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <ElementDialog<NewSetValues>
      title={t('valueSets.newSet')}
      saveId="save-value-set"
      close={close}
      changes={newSet}
      published={(values) => made(`c__${values.name}`)}
    >
      <ApiName shape="upper" own={false} placeholder="Industry" />
      <TextPair name="label" english={t('objects.labelEn')} chinese={t('objects.labelZh')} />
      <ValueList />
    </ElementDialog>
  );
}
