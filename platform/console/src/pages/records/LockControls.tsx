import { LockOutlined, UnlockOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Tag, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { LockState } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem, useTell } from '../../components/Problem';
import { lockNotes } from './locks';

const LONGEST_REASON = 500;

const path = (object: string, id: string) => `/api/records/${object}/${id}/lock`;

/** Who has locked a record, and what that means for the reader; undefined while it is asked. */
export function useLock(object: string | undefined, id: string | undefined) {
  return useQuery({
    queryKey: ['lock', object, id],
    queryFn: () => call<LockState>(path(object!, id!)),
    enabled: !!object && !!id,
  });
}

/** Why the record cannot be changed, in a few lines. */
export function LockReason({ state, rights }: { state: LockState | undefined; rights: { edit: boolean } | undefined }) {
  const { t } = useTranslation();
  const since = (state?.lock ?? state?.whole)?.at;
  return (
    <>
      {lockNotes(state, rights).map((note) => (
        <div key={note.text}>{t(`record.lock.${note.text}`, note.values ?? {})}</div>
      ))}
      {since && <Moment value={since} />}
    </>
  );
}

/** The sign of a locked record. */
export function LockTag({ state, rights }: { state: LockState | undefined; rights: { edit: boolean } | undefined }) {
  const { t } = useTranslation();
  if (lockNotes(state, rights).length === 0) return null;
  return (
    <Tooltip title={<LockReason state={state} rights={rights} />}>
      <Tag icon={<LockOutlined />} color="warning" data-testid="record-lock">
        {t('record.lock.sign')}
      </Tag>
    </Tooltip>
  );
}

/** Locks or unlocks the record, for who may. */
export function LockButton({ object, id, state }: { object: string; id: string; state: LockState | undefined }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTell();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const lock = useMutation({
    mutationFn: () => call<LockState>(path(object, id), { method: 'PUT', body: { reason: reason || null } }),
    onSuccess: async () => {
      setAsking(false);
      await queries.invalidateQueries();
    },
  });
  if (!state?.mayLock) return null;
  const seen = state.lock;
  const unlock = () =>
    modal.confirm({
      title: t('record.lock.confirmUnlock'),
      content: <LockReason state={state} rights={undefined} />,
      okText: t('record.lock.unlock'),
      onOk: async () => {
        try {
          // Only the lock that is shown: somebody may have set another one meanwhile.
          await call(`${path(object, id)}?at=${encodeURIComponent(seen!.at)}`, { method: 'DELETE' });
        } catch (failure) {
          tell.failed(failure);
        }
        await queries.invalidateQueries();
      },
    });
  if (seen) {
    return (
      <Button icon={<UnlockOutlined />} onClick={unlock} data-testid="unlock-record">
        {t('record.lock.unlock')}
      </Button>
    );
  }
  const begin = () => {
    lock.reset();
    setReason('');
    setAsking(true);
  };
  return (
    <>
      <Button icon={<LockOutlined />} onClick={begin} data-testid="lock-record">
        {t('record.lock.lock')}
      </Button>
      <Modal
        open={asking}
        title={t('record.lock.lockTitle')}
        okText={t('record.lock.lock')}
        cancelText={t('common.cancel')}
        confirmLoading={lock.isPending}
        okButtonProps={{ id: 'confirm-lock' }}
        onCancel={() => setAsking(false)}
        onOk={() => lock.mutate()}
        destroyOnHidden
      >
        <Problem error={lock.error} />
        <p className="tn-muted">{t('record.lock.lockHelp')}</p>
        <Input.TextArea
          aria-label={t('record.lock.why')}
          placeholder={t('record.lock.why')}
          data-testid="lock-reason"
          value={reason}
          maxLength={LONGEST_REASON}
          showCount
          rows={3}
          onChange={(event) => setReason(event.target.value)}
        />
      </Modal>
    </>
  );
}
