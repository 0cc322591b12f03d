import { CheckOutlined, MinusOutlined } from '@ant-design/icons';
import { Space, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { wallClock } from '../api/clock';
import type { Column } from '../api/columns';
import { addressLine, money, referredTo } from '../api/compound';
import { isLinks, isReference, valueKind } from '../api/fields';
import { written } from '../api/numbers';
import { LINKS_IN_LIST, valueAt } from '../api/query';
import type { FileValue } from '../api/files';
import type { FieldDescription, ObjectDescription, Row } from '../api/types';
import { useZone } from '../app/model';
import { formattedJson } from './json';
import { RichText } from './RichText';
import { plainText } from './richText';
import { Secret } from './Secret';
import { StoredFile } from './StoredFile';

/** A point in time in the reader's own zone. */
export function Moment({ value }: { value: string | null | undefined }) {
  const zone = useZone();
  if (!value) return null;
  return <span title={value}>{wallClock(value, zone).format('YYYY-MM-DD HH:mm')}</span>;
}

/** Without seconds where there are none. */
export const shortTime = (time: string) => time.replace(/^(\d\d:\d\d):00$/, '$1');

const shortened = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}…` : text);

/** Shows one value the way its field's type asks for; briefly means in one line, without pictures. */
export function FieldValue({ field, row, brief = false }: { field: FieldDescription; row: Row; brief?: boolean }) {
  const { i18n } = useTranslation();
  if (isReference(field)) {
    const parent = row[field.name] as Row | null | undefined;
    const id = parent?.id ?? (row[`${field.name}_id`] as string | null | undefined);
    if (!id) return null;
    const title = field.targetTitle ? parent?.[field.targetTitle] : undefined;
    const text = title === null || title === undefined || title === '' ? '—' : String(title);
    return field.target === 'sys__User' || text === '—' ? <>{text}</> : <Link to={`/o/${field.target}/${id}`}>{text}</Link>;
  }
  if (field.type === 'polymorphicLookup') {
    const found = referredTo(field, row);
    if (!found) return null;
    const text = found.title === null || found.title === undefined || found.title === '' ? '—' : String(found.title);
    return (
      <>
        {found.object === 'sys__User' || text === '—' ? text : <Link to={`/o/${found.object}/${found.record.id}`}>{text}</Link>}{' '}
        <span className="tn-muted">{found.label}</span>
      </>
    );
  }
  const value = row[field.name];
  if (isLinks(field)) return <Linked field={field} rows={(value as Row[] | undefined) ?? []} brief={brief} />;
  if (value === null || value === undefined || value === '') return null;
  switch (valueKind(field)) {
    case 'currency': {
      const converted = field.parts?.converted ? row[field.parts.converted] : null;
      const title = converted === null || converted === undefined ? undefined : `≈ ${written(converted, i18n.language)}`;
      return <span title={title}>{money(value, row[field.parts?.currency ?? ''], field.scale ?? 2, i18n.language)}</span>;
    }
    case 'address':
      return <>{addressLine(field, row, i18n.language) || String(value)}</>;
    case 'file':
    case 'image':
      return <StoredFile file={value as FileValue} image={field.type === 'image' && !brief} />;
    case 'boolean':
      return value ? <CheckOutlined style={{ color: '#389e0d' }} /> : <MinusOutlined style={{ color: '#b0b5bd' }} />;
    case 'picklist': {
      const option = field.values?.find((v) => v.key === value);
      return <Tag color={option?.color ?? undefined}>{option?.label ?? String(value)}</Tag>;
    }
    case 'multiPicklist':
      return (
        <>
          {(value as string[]).map((key) => {
            const option = field.values?.find((v) => v.key === key);
            return (
              <Tag key={key} color={option?.color ?? undefined}>
                {option?.label ?? key}
              </Tag>
            );
          })}
        </>
      );
    case 'time':
      return <>{shortTime(String(value))}</>;
    case 'richText':
      return brief ? <>{shortened(plainText(String(value)))}</> : <RichText html={String(value)} />;
    case 'json':
      return brief ? <code>{shortened(String(value))}</code> : <pre className="tn-json">{formattedJson(String(value))}</pre>;
    case 'encryptedText':
      return <Secret value={String(value)} hidden={field.revealed ?? false} />;
    case 'decimal':
      if (field.currency) return <>{money(value, field.currency, field.scale ?? 2, i18n.language)}</>;
      return (
        <>
          {written(value, i18n.language, {
            minimumFractionDigits: field.scale ?? 0,
            maximumFractionDigits: field.scale ?? 10,
          })}
        </>
      );
    case 'percent':
      return <>{String(value)} %</>;
    case 'integer':
      return <>{written(value, i18n.language)}</>;
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

/** Records as tags that lead to them; in a list only the first few. */
function Linked({ field, rows, brief }: { field: FieldDescription; rows: Row[]; brief: boolean }) {
  const shown = brief ? rows.slice(0, LINKS_IN_LIST) : rows;
  const name = (row: Row) => String((field.targetTitle ? row[field.targetTitle] : null) ?? '—');
  return (
    <Space size={4} wrap>
      {shown.map((row) => (
        <Tag key={row.id}>{field.target === 'sys__User' ? name(row) : <Link to={`/o/${field.target}/${row.id}`}>{name(row)}</Link>}</Tag>
      ))}
      {shown.length < rows.length && '…'}
    </Space>
  );
}

/** Shows one column of a list; names of records lead to them. */
export function ColumnValue({ column, object, row }: { column: Column; object: ObjectDescription; row: Row }) {
  const { path, field, reached } = column;
  const owner = reached ? (valueAt(row, path.slice(0, path.lastIndexOf('.'))) as Row | null | undefined) : row;
  if (!owner) return null;
  const names = reached ? reached.isTitle && reached.object !== 'sys__User' : field.name === object.titleField;
  if (!names) return <FieldValue field={field} row={owner} brief />;
  return <Link to={`/o/${reached?.object ?? object.name}/${owner.id}`}>{String(owner[field.name] ?? '—')}</Link>;
}
