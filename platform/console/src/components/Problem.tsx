import { Alert, App } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/client';
import type { ProblemDetail } from '../api/types';

function place(detail: ProblemDetail): string {
  const source = detail.source;
  return source ? ` (${source.file}${source.line ? `:${source.line}${source.column ? `:${source.column}` : ''}` : ''})` : '';
}

/** Shows what went wrong, each fault with its place. */
export function Problem({ error }: { error: unknown }) {
  const { t } = useTranslation();
  if (!error) return null;
  if (!(error instanceof ApiError)) {
    return <Alert type="error" showIcon title={t('error.offline')} description={String((error as Error).message ?? error)} />;
  }
  const { problem } = error;
  const details = problem.errors ?? [];
  return (
    <Alert
      type={problem.kind === 'USER' ? 'warning' : 'error'}
      showIcon
      data-testid="problem"
      title={problem.detail ?? problem.title}
      description={
        details.length > 0 || problem.source || problem.kind === 'INTERNAL' ? (
          <>
            {problem.source && (
              <div>
                {problem.source.origin}: {problem.source.file}
                {problem.source.line > 0 && `:${problem.source.line}`}
                {problem.source.column > 0 && `:${problem.source.column}`}
              </div>
            )}
            {details.length > 0 && (
              <ul style={{ margin: 0, paddingInlineStart: 18 }}>
                {details.map((detail, at) => (
                  <li key={at}>
                    {detail.detail}
                    {place(detail)}
                  </li>
                ))}
              </ul>
            )}
            {problem.kind === 'INTERNAL' && problem.traceId && (
              <span className="tn-muted">{t('error.trace', { id: problem.traceId })}</span>
            )}
          </>
        ) : undefined
      }
    />
  );
}

/** Tells of a failed click in a message, since there is no place on the page for it. */
export function useTell() {
  const { message, modal } = App.useApp();
  const { t } = useTranslation();
  const failed = useCallback(
    (error: unknown) => {
      if (error instanceof ApiError && (error.problem.errors?.length || error.problem.source)) {
        modal.error({ title: t('error.title'), content: <Problem error={error} />, width: 640 });
      } else {
        void message.error(error instanceof ApiError ? error.message : t('error.offline'), 6);
      }
    },
    [message, modal, t],
  );
  const done = useCallback((text: string) => void message.success(text), [message]);
  return { failed, done, modal };
}
