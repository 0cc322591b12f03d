import { Button, Card, Form, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ElementDescription } from '../../api/types';
import { usePermissionSets } from '../../app/model';
import { Problem } from '../../components/Problem';
import { lockers, lockRightChanges, type LockRight } from './lockRights';
import { usePublish } from './usePublish';

const RIGHTS: LockRight[] = ['lock', 'editLocked'];

/** Which permission sets lock records of an object, and which change them in spite of a lock. */
export function LockRightsEditor({ elements }: { elements: ElementDescription[] }) {
  const { t } = useTranslation();
  const sets = usePermissionSets();
  const { change, error, busy } = usePublish();
  const [wanted, setWanted] = useState(() => ({ lock: lockers('lock', elements).chosen, editLocked: lockers('editLocked', elements).chosen }));
  const label = (name: string) => sets.data?.find((set) => set.name === name)?.label ?? name;
  return (
    <Card size="small" title={t('objects.locks.title')} style={{ marginBottom: 16 }}>
      <p className="tn-muted">{t('objects.locks.help')}</p>
      <Problem error={error} />
      <Form layout="vertical">
        {RIGHTS.map((right) => (
          <Form.Item key={right} label={t(`objects.locks.${right}`)}>
            <Select
              mode="multiple"
              allowClear
              aria-label={t(`objects.locks.${right}`)}
              data-testid={`sets-${right}`}
              placeholder={t('objects.locks.nobody')}
              optionFilterProp="label"
              value={wanted[right]}
              options={lockers(right, elements).possible.map((name) => ({ value: name, label: label(name) }))}
              onChange={(chosen) => setWanted((before) => ({ ...before, [right]: chosen }))}
            />
          </Form.Item>
        ))}
        <Button
          type="primary"
          loading={busy}
          onClick={() => void change(RIGHTS.flatMap((right) => lockRightChanges(right, elements, wanted[right])))}
          data-testid="save-lock-rights"
        >
          {t('common.save')}
        </Button>
      </Form>
    </Card>
  );
}
