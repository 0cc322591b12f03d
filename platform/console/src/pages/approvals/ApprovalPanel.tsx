import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Collapse, Empty, Input, Space, Spin, Steps, Tag, Timeline, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client';
import type { ApprovalActionView, ApprovalInstance, ApprovalStepView, RecordApproval } from '../../api/types';
import { Moment } from '../../components/FieldValue';
import { Problem } from '../../components/Problem';

const STATE_COLOR: Record<string, string> = {
  APPROVED: 'green',
  REJECTED: 'red',
  RUNNING: 'processing',
  RETURNED: 'orange',
  FAULTED: 'volcano',
};

export function useApproval(object: string, id: string, enabled = true) {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['approval', object, id, i18n.language],
    queryFn: () => call<RecordApproval>(`/api/records/${object}/${id}/approval`),
    enabled,
  });
}

/** Where a record's approval stands, what was said as far as the viewer may see it, and what can be done now. */
export function ApprovalPanel({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [comment, setComment] = useState('');
  const approval = useApproval(object, id);
  const act = useMutation({
    mutationFn: (send: { path: string; body: Record<string, unknown> }) =>
      // The command id makes a repeated request, after a lost answer, harmless.
      call<ApprovalInstance>(send.path, { method: 'POST', body: { ...send.body, commandId: crypto.randomUUID() } }),
    onSuccess: () => setComment(''),
    onSettled: () => queries.invalidateQueries(),
  });
  if (approval.error) return <Problem error={approval.error} />;
  if (!approval.data) return <Spin />;
  const { current, earlier, submit } = approval.data;

  const perform = (action: ApprovalActionView, instance: ApprovalInstance) => {
    const body = { comment: comment.trim() || null, ...(action.taskId ? { taskVersion: action.taskVersion } : {}) };
    const path = action.taskId
      ? `/api/approvals/tasks/${action.taskId}/${action.name}`
      : `/api/approvals/instances/${instance.id}/${action.name}`;
    act.mutate({ path, body });
  };

  // Why a record cannot be submitted is worth a disabled button only while nothing is on its way.
  const offered = submit.filter((choice) => choice.available || (choice.reason && !current));
  const shownActions = current?.actions.filter((action) => action.available || action.reason) ?? [];
  return (
    <Space orientation="vertical" size={16} style={{ width: '100%' }}>
      <Problem error={act.error} />
      {offered.length > 0 && (
        <Card size="small">
          <Space wrap>
            {offered.map((choice) => (
              <Tooltip key={choice.process} title={choice.available ? undefined : choice.reason}>
                <Button
                  type="primary"
                  disabled={!choice.available}
                  loading={act.isPending}
                  data-testid="submit-approval"
                  onClick={() =>
                    act.mutate({
                      path: '/api/approvals/submit',
                      body: { process: choice.process, recordId: id, comment: comment.trim() || null },
                    })
                  }
                >
                  {t('approval.submit', { process: choice.label })}
                </Button>
              </Tooltip>
            ))}
          </Space>
        </Card>
      )}
      {!current && earlier.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('approval.none')} />
      )}
      {current && (
        <>
          <InstanceView instance={current} />
          {shownActions.length > 0 && (
            <Card size="small">
              <Input.TextArea
                value={comment}
                onChange={(event) => setComment(event.target.value)}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={4000}
                placeholder={t('approval.commentPlaceholder')}
                data-testid="comment-box"
                style={{ marginBottom: 12 }}
              />
              <Space wrap>
                {shownActions.map((action) => {
                  const needsComment = action.commentRequired && comment.trim() === '';
                  return (
                    <Tooltip
                      key={action.name}
                      title={!action.available ? action.reason : needsComment ? t('approval.commentRequired') : undefined}
                    >
                      <Button
                        type={action.name === 'approve' ? 'primary' : 'default'}
                        danger={action.name === 'reject' || action.name === 'terminate'}
                        disabled={!action.available || needsComment || (action.name === 'comment' && comment.trim() === '')}
                        loading={act.isPending}
                        data-testid={`approval-${action.name}`}
                        onClick={() => perform(action, current)}
                      >
                        {t(`approval.${action.name}`)}
                      </Button>
                    </Tooltip>
                  );
                })}
              </Space>
            </Card>
          )}
        </>
      )}
      {earlier.length > 0 && (
        <Collapse
          items={earlier.map((instance) => ({
            key: instance.id,
            label: (
              <>
                {t('approval.earlier')}: {instance.process.label} · <Moment value={instance.startedAt} />{' '}
                <Tag color={STATE_COLOR[instance.state]}>{t(`approval.instance.${instance.state}` as 'approval.instance.RUNNING')}</Tag>
              </>
            ),
            children: <InstanceView instance={instance} />,
          }))}
        />
      )}
    </Space>
  );
}

const STEP_STATUS: Record<ApprovalStepView['state'], 'finish' | 'process' | 'wait' | 'error'> = {
  PASSED: 'finish',
  ACTIVE: 'process',
  WAITING: 'wait',
  REJECTED: 'error',
  RETURNED: 'error',
  SKIPPED: 'wait',
  CANCELED: 'wait',
  BLOCKED: 'error',
};

function InstanceView({ instance }: { instance: ApprovalInstance }) {
  const { t } = useTranslation();
  return (
    <Card
      size="small"
      title={
        <Space wrap>
          {instance.process.label}
          <Tag color={STATE_COLOR[instance.state]} data-testid="approval-state">
            {t(`approval.instance.${instance.state}` as 'approval.instance.RUNNING')}
          </Tag>
          {instance.round > 1 && <Tag>{t('approval.round', { round: instance.round })}</Tag>}
          <span className="tn-muted">
            {t('approval.submitter')} {instance.submitter.name}
          </span>
        </Space>
      }
    >
      {instance.state === 'FAULTED' && <Alert type="error" showIcon title={t('approval.instance.FAULTED')} style={{ marginBottom: 12 }} />}
      <Steps
        size="small"
        responsive
        style={{ marginBottom: 20 }}
        items={instance.steps.map((step) => ({
          key: `${step.round}/${step.key}`,
          title: step.label,
          status: STEP_STATUS[step.state],
          content: (
            <div>
              <div>{t(`approval.stepState.${step.state}`)}</div>
              {step.approvers.map((approver) => (
                <div key={approver.taskId}>
                  {approver.user.name}{' '}
                  <span className="tn-muted">
                    {t(`approval.task.${approver.state}` as 'approval.task.PENDING')}
                    {approver.auto && ` (${t('approval.automatic')})`}
                  </span>
                </div>
              ))}
            </div>
          ),
        }))}
      />
      <strong>{t('approval.timeline')}</strong>
      <div data-testid="approval-timeline" style={{ marginTop: 16 }}>
        <Timeline
          items={instance.timeline.map((entry) => ({
            key: entry.seq,
            color: entry.kind.includes('REJECT') ? 'red' : entry.kind.includes('APPROVED') ? 'green' : 'blue',
            content: (
              <>
                <div>
                  {entry.actor && <strong>{entry.actor.name}</strong>}{' '}
                  {t(`approval.event.${entry.kind}` as 'approval.event.COMMENT', { defaultValue: entry.kind })}
                  {entry.stepLabel && <span className="tn-muted"> · {entry.stepLabel}</span>}
                  <span className="tn-muted">
                    {' '}
                    · <Moment value={entry.at} />
                  </span>
                </div>
                {entry.comment && <div style={{ whiteSpace: 'pre-wrap' }}>{entry.comment}</div>}
              </>
            ),
          }))}
        />
      </div>
    </Card>
  );
}
