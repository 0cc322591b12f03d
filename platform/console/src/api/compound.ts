import { written } from './numbers';
import type { FieldDescription, PartRole, Row } from './types';

/** The fields that a form has an input for where a layout names this one: itself, or what it consists of. */
export function inputsFor(field: FieldDescription, fields: FieldDescription[]): FieldDescription[] {
  if (!field.parts) return [field];
  const parts = Object.values(field.parts).flatMap((name) => fields.find((f) => f.name === name) ?? []);
  const filled = parts.filter((part) => part.type !== 'derived');
  return field.type === 'currency' ? [field, ...filled] : filled;
}

/** Names of the fields that have to be read to show this one. */
export const namesFor = (field: FieldDescription): string[] => [field.name, ...Object.values(field.parts ?? {})];

/** What a lookup to several objects refers to: the object, the field behind it, and the record. */
export function referredTo(field: FieldDescription, row: Row): { object: string; label: string; record: Row; title: unknown } | null {
  const object = row[field.name] as string | null | undefined;
  const record = object ? (row[field.parts?.[object] ?? ''] as Row | null | undefined) : null;
  if (!object || !record) return null;
  const label = field.values?.find((v) => v.key === object)?.label ?? object;
  return { object, label, record, title: record[field.titles?.[object] ?? ''] };
}

/** The name of the part of a lookup that refers to records of one of its objects, as the server makes it. */
export function partName(object: string, field: string, target: string): string {
  const own = (field.includes('__') ? field : object).split('__')[0];
  const [namespace = '', local = ''] = target.split('__');
  return field + (namespace === own ? '' : namespace.charAt(0).toUpperCase() + namespace.slice(1)) + local;
}

/** The fields that stand by themselves in a layout. */
export const wholeOf = (field: FieldDescription) => field.part?.of ?? field.name;

/** An amount the way the reader's language writes its currency. */
export function money(amount: unknown, currency: unknown, scale: number, language: string): string {
  const digits = { minimumFractionDigits: scale, maximumFractionDigits: scale };
  if (typeof currency !== 'string' || currency === '') return written(amount, language, digits);
  return written(amount, language, { style: 'currency', currency, currencyDisplay: 'code', ...digits });
}

/** An address on one line: in China and Chinese the largest part first, else the smallest. */
export function addressLine(field: FieldDescription, row: Row, language: string): string {
  const part = (role: PartRole) => {
    const name = field.parts?.[role];
    const value = name ? row[name] : null;
    return typeof value === 'string' ? value : '';
  };
  const country = part('country');
  if (country === 'CN' && language.startsWith('zh')) {
    const place = (['state', 'city', 'district', 'street'] as const).map(part).join('');
    return [place, part('postalCode')].filter(Boolean).join(' ');
  }
  const region = [part('state'), part('postalCode')].filter(Boolean).join(' ');
  const name = country ? (new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(country) ?? country) : '';
  return [part('street'), part('district'), part('city'), region, name].filter(Boolean).join(', ');
}
