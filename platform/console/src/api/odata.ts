import { call } from './client';
import { columnsOf } from './columns';
import { isLinks, isReference } from './fields';
import { expandFor, LINKS_ON_PAGE, phrase } from './query';
import type { ObjectDescription, Row, Rows } from './types';

export function getRow(object: ObjectDescription, id: string): Promise<Row> {
  const params = new URLSearchParams();
  const references = object.fields.filter((f) => isReference(f) || isLinks(f)).map((f) => f.name);
  const expand = expandFor(columnsOf(references, object, {}), LINKS_ON_PAGE);
  if (expand) params.set('$expand', expand);
  const query = params.toString();
  return call<Row>(`/odata/${object.name}(${id})${query ? `?${query}` : ''}`);
}

/** The header that says which duplicate rules' warnings the person has passed over. */
const confirming = (rules: string[]): Record<string, string> => (rules.length > 0 ? { 'Tenon-Allow-Duplicates': rules.join(', ') } : {});

export function createRow(object: string, values: Record<string, unknown>, confirmed: string[] = []): Promise<Row> {
  return call<Row>(`/odata/${object}`, { method: 'POST', body: values, headers: confirming(confirmed) });
}

export function updateRow(object: string, row: Row, changes: Record<string, unknown>, confirmed: string[] = []): Promise<Row> {
  return call<Row>(`/odata/${object}(${row.id})`, {
    method: 'PATCH',
    body: changes,
    headers: { 'If-Match': etag(row), ...confirming(confirmed) },
  });
}

export function deleteRow(object: string, row: Row): Promise<void> {
  return call<void>(`/odata/${object}(${row.id})`, { method: 'DELETE', headers: { 'If-Match': etag(row) } });
}

export function runAction(object: string, id: string, action: string, parameters: Record<string, unknown>) {
  return call<{ message: string; values: Record<string, unknown> }>(`/odata/${object}(${id})/Tenon.${action}`, {
    method: 'POST',
    body: parameters,
  });
}

export function search(object: ObjectDescription, words: string, limit: number): Promise<Rows> {
  const params = new URLSearchParams({ $select: `id,${object.titleField}`, $top: String(limit), $orderby: object.titleField });
  if (words) params.set('$search', phrase(words));
  return call<Rows>(`/odata/${object.name}?${params}`);
}

/** What a form offers for a reference that has rules of its own. */
export interface Choice {
  object: string;
  reference: string;
  id: string | null;
  values: Record<string, unknown>;
}

export function candidates(choice: Choice, words: string, limit: number): Promise<{ items: Row[]; more: boolean }> {
  return call(`/api/objects/${choice.object}/candidates/${choice.reference}`, {
    method: 'POST',
    body: { id: choice.id, values: choice.values, search: words || null, top: limit },
  });
}

function etag(row: Row): string {
  return row['@odata.etag'] ?? `W/"${row.version}"`;
}
