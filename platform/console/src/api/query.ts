import type { Column } from './columns';
import { namesFor } from './compound';
import { isLinks, isReference } from './fields';
import type { ObjectDescription, Row } from './types';

export interface ListRequest {
  object: string;
  view?: string;
  filter?: string;
  search?: string;
  columns: Column[];
  orderBy?: { path: string; descending: boolean }[];
  page: number;
  pageSize: number;
}

/** A text constant in an OData filter. */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A search for exactly these words in a row. */
export function phrase(words: string): string {
  return `"${words.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `candidate.name` in the platform's metadata is `candidate/name` in OData. */
export function odataPath(path: string): string {
  return path.replaceAll('.', '/');
}

/** Linked records that a list shows of each row; one more tells that there are further ones. */
export const LINKS_IN_LIST = 10;

/** Linked records that a page and a form show. */
export const LINKS_ON_PAGE = 1000;

/** Nested `$expand` for dotted columns and for the names of references. */
export function expandFor(columns: Column[], links = LINKS_IN_LIST + 1): string | undefined {
  const wanted = new Map<string, Set<string>>();
  const linked = columns.flatMap(({ path, field }) => {
    const title = field.targetTitle;
    if (!isLinks(field) || !title) return [];
    return [`${path}($select=${title === 'id' ? 'id' : `id,${title}`};$orderby=${title};$top=${links})`];
  });
  for (const column of columns) {
    for (const path of namingPaths(column)) {
      const [first = '', ...rest] = path.split('.');
      wanted.set(first, (wanted.get(first) ?? new Set<string>()).add(rest.join('.')));
    }
  }
  const items = [...[...wanted].map(([name, paths]) => expandItem(name, [...paths])), ...linked];
  return items.length === 0 ? undefined : items.join(',');
}

/** Where the text of a column is found, when it is behind a reference. */
function namingPaths({ path, field }: Column): string[] {
  if (field.type === 'polymorphicLookup') {
    const owner = path.slice(0, path.lastIndexOf('.') + 1);
    const records = Object.entries(field.parts ?? {}).map(([object, part]) => `${owner}${part}.${field.titles?.[object] ?? 'id'}`);
    return owner ? [owner + field.name, ...records] : records;
  }
  if (isLinks(field)) return [];
  if (!isReference(field)) {
    const owner = path.slice(0, path.lastIndexOf('.') + 1);
    return owner ? namesFor(field).map((name) => owner + name) : [];
  }
  // Without a title the target's records are not this person's to see; the server would refuse the whole request.
  return field.targetTitle ? [`${path}.${field.targetTitle}`] : [];
}

function expandItem(name: string, paths: string[]): string {
  const own = paths.filter((path) => !path.includes('.'));
  const deeper = new Map<string, string[]>();
  for (const path of paths) {
    const dot = path.indexOf('.');
    if (dot < 0) continue;
    const head = path.slice(0, dot);
    deeper.set(head, [...(deeper.get(head) ?? []), path.slice(dot + 1)]);
  }
  const options = [`$select=${['id', ...own].join(',')}`];
  if (deeper.size > 0) options.push(`$expand=${[...deeper].map(([head, rest]) => expandItem(head, rest)).join(',')}`);
  return `${name}(${options.join(';')})`;
}

/** The `$select` for the columns: own fields, and the foreign keys of references. */
export function selectFor(columns: Column[], object: ObjectDescription): string {
  const names = new Set<string>(['id', 'version']);
  for (const { path } of columns) {
    const first = path.split('.')[0] ?? path;
    const field = object.fields.find((f) => f.name === first);
    // Linked records come where they are expanded.
    if (!field || isLinks(field)) continue;
    if (isReference(field)) names.add(`${first}_id`);
    else if (field.type === 'polymorphicLookup') names.add(field.name);
    else namesFor(field).forEach((name) => names.add(name));
  }
  if (object.fields.some((f) => f.name === object.titleField)) names.add(object.titleField);
  return [...names].join(',');
}

export function listUrl(object: ObjectDescription, query: ListRequest): string {
  const params = new URLSearchParams();
  if (query.view) params.set('view', query.view);
  if (query.filter) params.set('$filter', query.filter);
  if (query.search) params.set('$search', phrase(query.search));
  params.set('$select', selectFor(query.columns, object));
  const expand = expandFor(query.columns);
  if (expand) params.set('$expand', expand);
  if (query.orderBy?.length)
    params.set('$orderby', query.orderBy.map((key) => `${odataPath(key.path)}${key.descending ? ' desc' : ''}`).join(','));
  params.set('$top', String(query.pageSize));
  params.set('$skip', String((query.page - 1) * query.pageSize));
  params.set('$count', 'true');
  return `/odata/${query.object}?${params}`;
}

/** The request for one number per value of a field, over the records that a list would show. */
export function groupUrl(
  object: string,
  group: { by: string; sum?: string; view?: string; filter?: string; search?: string },
): string {
  const measure = group.sum ? `${group.sum} with sum as amount` : '$count as amount';
  const steps = [
    ...(group.filter ? [`filter(${group.filter})`] : []),
    `groupby((${group.by}),aggregate(${measure}))`,
  ];
  const params = new URLSearchParams({ $apply: steps.join('/') });
  if (group.view) params.set('view', group.view);
  if (group.search) params.set('$search', phrase(group.search));
  return `/odata/${object}?${params}`;
}

/** The value at a dotted path of a row with expanded references. */
export function valueAt(row: Row, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], row);
}
