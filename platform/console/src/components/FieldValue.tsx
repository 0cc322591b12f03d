import { CheckOutlined, MinusOutlined } from '@ant-design/icons';
import { Tag } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isReference, valueKind } from '../api/fields';
import { valueAt } from '../api/query';
import type { FieldDescription, ObjectDescription, Row } from '../api/types';

/** A point in time in the reader's own zone. */
export function Moment({ value }: { value: string | null | undefined }) {
  if (!value) return null;
  return <span title={value}>{dayjs(value).format('YYYY-MM-DD HH:mm')}</span>;
}

/** Shows one value the way its field's type asks for. */
export function FieldValue({ field, row, titles }: { field: FieldDescription; row: Row; titles: Map<string, string> }) {
  const { i18n } = useTranslation();
  if (isReference(field)) {
    const id = row[`${field.name}_id`] as string | null | undefined;
    const parent = row[field.name] as Row | null | undefined;
    if (!id) return null;
    const title = parent?.[titles.get(field.target ?? '') ?? ''];
    const text = title === null || title === undefined || title === '' ? '—' : String(title);
    return field.target === 'sys__User' || text === '—' ? <>{text}</> : <Link to={`/o/${field.target}/${id}`}>{text}</Link>;
  }
  const value = row[field.name];
  if (value === null || value === undefined || value === '') return null;
  switch (valueKind(field)) {
    case 'boolean':
      return value ? <CheckOutlined style={{ color: '#389e0d' }} /> : <MinusOutlined style={{ color: '#b0b5bd' }} />;
    case 'picklist': {
      const option = field.values?.find((v) => v.key === value);
      return <Tag color={option?.color ?? undefined}>{option?.label ?? String(value)}</Tag>;
    }
    case 'decimal':
      return (
        <>
          {Number(value).toLocaleString(i18n.language, {
            minimumFractionDigits: field.scale ?? 0,
            maximumFractionDigits: field.scale ?? 10,
          })}
        </>
      );
    case 'percent':
      return <>{String(value)} %</>;
    case 'integer':
      return <>{Number(value).toLocaleString(i18n.language)}</>;
    case 'dateTime':
      return <Moment value={String(value)} />;
    case 'email':
      return <a href={`mailto:${encodeURIComponent(String(value))}`}>{String(value)}</a>;
    case 'phone':
      return <a href={`tel:${encodeURIComponent(String(value))}`}>{String(value)}</a>;
    case 'url': {
      const text = String(value);
      return /^https?:\/\//i.test(text) ? (
        <a href={text} target="_blank" rel="noreferrer noopener">
          {text}
        </a>
      ) : (
        <>{text}</>
      );
    }
    case 'longText':
      return <span style={{ whiteSpace: 'pre-wrap' }}>{String(value)}</span>;
    default:
      return <>{String(value)}</>;
  }
}

/** Shows a column of a list: an own field, or a value reached over references. */
export function ColumnValue({
  path,
  object,
  row,
  titles,
}: {
  path: string;
  object: ObjectDescription;
  row: Row;
  titles: Map<string, string>;
}) {
  const field = object.fields.find((f) => f.name === path);
  if (field) {
    if (field.name === object.titleField) {
      return <Link to={`/o/${object.name}/${row.id}`}>{String(row[field.name] ?? '—')}</Link>;
    }
    return <FieldValue field={field} row={row} titles={titles} />;
  }
  const head = object.fields.find((f) => f.name === path.split('.')[0]);
  const value = valueAt(row, path);
  if (value === null || value === undefined) return null;
  const id = head && (row[`${head.name}_id`] as string | null | undefined);
  const names = path.split('.');
  if (head?.target && id && head.target !== 'sys__User' && names.length === 2 && titles.get(head.target) === names[1]) {
    return <Link to={`/o/${head.target}/${id}`}>{String(value)}</Link>;
  }
  return <>{typeof value === 'boolean' ? (value ? '✓' : '–') : String(value)}</>;
}

/** The heading of a column. */
export function columnLabel(path: string, object: ObjectDescription): string {
  const exact = object.fields.find((f) => f.name === path);
  if (exact) return exact.label;
  const head = object.fields.find((f) => f.name === path.split('.')[0]);
  return head?.label ?? path;
}
