import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client';
import { runAction } from '../../api/odata';
import type { ActionDescription } from '../../api/types';
import { FieldInput } from '../../components/FieldInput';
import { Problem, useTell } from '../../components/Problem';
import { faultsOf, given } from './actionParameters';

/** Runs an action of a record; one that wants to be told something asks for it first. */
export function ActionButton({ object, id, action }: { object: string; id: string; action: ActionDescription }) {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [form] = Form.useForm<Record<string, unknown>>();
  const run = useMutation({
    mutationFn: (parameters: Record<string, unknown>) => runAction(object, id, action.name, parameters),
    onSuccess: async (result) => {
      setAsking(false);
      if (result.message) tell.done(result.message);
      await queries.invalidateQueries();
    },
    onError: (failure) => {
      if (!asking) return tell.failed(failure);
      form.setFields(faultsOf(failure instanceof ApiError ? (failure.problem.errors ?? []) : [], action.parameters));
    },
  });
  const begin = () => {
    run.reset();
    if (action.parameters.length === 0) run.mutate({});
    else setAsking(true);
  };
  return (
    <>
      <Button loading={run.isPending && !asking} onClick={begin} data-testid={`action-${action.name}`}>
        {action.label}
      </Button>
      <Modal
        open={asking}
        title={action.label}
        okText={action.label}
        cancelText={t('common.cancel')}
        confirmLoading={run.isPending}
        okButtonProps={{ id: `run-${action.name}` }}
        onCancel={() => setAsking(false)}
        onOk={() => form.submit()}
        destroyOnHidden
      >
        <Problem error={run.error} />
        <Form form={form} layout="vertical" preserve={false} onFinish={(values) => run.mutate(given(values))}>
          {action.parameters.map((parameter) => (
            <Form.Item
              key={parameter.name}
              name={parameter.name}
              label={parameter.label}
              tooltip={parameter.help ?? undefined}
              required={parameter.required}
            >
              <FieldInput field={parameter} />
            </Form.Item>
          ))}
        </Form>
      </Modal>
    </>
  );
}
