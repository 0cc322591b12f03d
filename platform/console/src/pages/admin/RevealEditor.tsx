import { Button, Card, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ElementDescription } from '../../api/types';
import { usePermissionSets } from '../../app/model';
import { Problem } from '../../components/Problem';
import { revealChanges, revealers } from './reveal';
import { usePublish } from './usePublish';

/** Which permission sets show the whole text of an encrypted field; to others it is masked. */
export function RevealEditor({ field, elements }: { field: ElementDescription; elements: ElementDescription[] }) {
  const { t } = useTranslation();
  const sets = usePermissionSets();
  const { change, error, busy } = usePublish();
  const { possible, chosen } = revealers(field, elements);
  const [wanted, setWanted] = useState(chosen);
  const label = (name: string) => sets.data?.find((set) => set.name === name)?.label ?? name;
  return (
    <Card size="small" title={t('objects.reveal')} style={{ marginBottom: 16 }}>
      <p className="tn-muted">{t('objects.revealHelp')}</p>
      <Problem error={error} />
      <Space.Compact style={{ width: '100%' }}>
        <Select
          mode="multiple"
          allowClear
          aria-label={t('objects.reveal')}
          data-testid="reveal-sets"
          style={{ width: '100%' }}
          placeholder={t('objects.revealNobody')}
          optionFilterProp="label"
          value={wanted}
          options={possible.map((name) => ({ value: name, label: label(name) }))}
          onChange={setWanted}
        />
        <Button type="primary" loading={busy} onClick={() => void change(revealChanges(field, elements, wanted))} data-testid="save-reveal">
          {t('common.save')}
        </Button>
      </Space.Compact>
    </Card>
  );
}
