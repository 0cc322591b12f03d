import { Alert } from 'antd';
import { ApiError } from '../../api/client';

/** The duplicate rules that ask whether the record is meant; none for any other failure. */
export const rulesToConfirm = (failure: unknown): string[] =>
  failure instanceof ApiError && failure.problem.code === 'records.duplicates-to-confirm'
    ? String(failure.problem.args?.['rules'] ?? '')
        .split(',')
        .map((rule) => rule.trim())
        .filter(Boolean)
    : [];

export const isBlocked = (failure: unknown): failure is ApiError =>
  failure instanceof ApiError && failure.problem.code === 'records.duplicates-blocked';

/** What was found, with ways to it; of what the person may not see only that it is there. */
export function FoundDuplicates({ error }: { error: ApiError }) {
  return (
    <ul data-testid="duplicates" style={{ margin: 0, paddingInlineStart: 18 }}>
      {(error.problem.errors ?? []).map((detail, at) => (
        <li key={at}>
          {detail.args?.['id'] ? (
            <a href={`/o/${String(detail.args['object'])}/${String(detail.args['id'])}`} target="_blank" rel="noreferrer">
              {String(detail.args['title'])}
            </a>
          ) : (
            detail.detail
          )}
        </li>
      ))}
    </ul>
  );
}

export function BlockedByDuplicates({ error }: { error: ApiError }) {
  return <Alert type="warning" showIcon data-testid="problem" title={error.message} description={<FoundDuplicates error={error} />} />;
}
