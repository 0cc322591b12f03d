import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Table } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { Deletion, Loss, ObjectDescription, Restored } from '../../api/types';
import { useTell } from '../../components/Problem';

/** Brings a deleted record back and tells what could not come back with it; false when it was refused. */
export function useRestore() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTell();
  const queries = useQueryClient();
  return useCallback(
    async (id: string, title: string): Promise<boolean> => {
      try {
        const restored = await call<Restored>(`/api/recycle-bin/${id}/restore`, { method: 'POST' });
        if (restored.losses.length === 0) tell.done(t('bin.restored', { title }));
        else modal.warning({ title: t('bin.lossTitle', { title }), content: <Losses losses={restored.losses} />, width: 760 });
        await queries.invalidateQueries();
        return true;
      } catch (failure) {
        tell.failed(failure);
        return false;
      }
    },
    [modal, queries, t, tell],
  );
}

function Losses({ losses }: { losses: Loss[] }) {
  const { t } = useTranslation();
  return (
    <div data-testid="losses">
      <p>{t('bin.lossIntro')}</p>
      <Table<Loss>
        rowKey={(loss) => `${loss.id} ${loss.field ?? ''} ${loss.reason}`}
        size="small"
        pagination={losses.length > 10 ? { pageSize: 10 } : false}
        dataSource={losses}
        columns={[
          { title: t('bin.record'), render: (_, loss) => `${loss.objectLabel} ${loss.title}` },
          {
            title: t('bin.what'),
            render: (_, loss) => loss.fieldLabel ?? (loss.reason === 'OBJECT_GONE' ? t('bin.wholeRecord') : t('bin.hiddenField')),
          },
          { title: t('bin.reason'), render: (_, loss) => t(`bin.reasons.${loss.reason}`) },
          { title: t('bin.oldValue'), render: (_, loss) => loss.value },
        ]}
      />
    </div>
  );
}

/** Tells that a record was deleted, and offers to take that back where it is still possible. */
export function useUndo() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const restore = useRestore();
  const offer = async (object: ObjectDescription, id: string, title: string) => {
    const possible = object.can.create && (await isInBin(id));
    const key = `deleted-${id}`;
    void message.success({
      key,
      duration: possible ? 8 : 3,
      content: (
        <>
          {t('common.deleted')}
          {possible && (
            <Button
              type="link"
              size="small"
              data-testid="undo-delete"
              onClick={() => {
                message.destroy(key);
                void restore(id, title);
              }}
            >
              {t('bin.undo')}
            </Button>
          )}
        </>
      ),
    });
  };
  return { offer };
}

/** An operator may have set that nothing is kept. */
async function isInBin(id: string): Promise<boolean> {
  try {
    await call<Deletion>(`/api/recycle-bin/${id}`);
    return true;
  } catch {
    return false;
  }
}
