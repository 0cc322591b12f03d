import type { MetadataChange } from '../../api/types';

export const FIELD_TYPES = ['text', 'longText', 'email', 'phone', 'url', 'integer', 'decimal', 'percent', 'boolean', 'date', 'dateTime', 'time', 'picklist', 'multiPicklist', 'richText', 'json', 'encryptedText', 'file', 'image', 'lookup', 'polymorphicLookup', 'manyToMany', 'autoNumber', 'formula', 'rollUp', 'currency', 'address', 'geolocation'] as const;
type ChosenType = (typeof FIELD_TYPES)[number];

/** Types with an index where people ask for one; others have it anyway, or cannot have one. */
export const INDEXED_TYPES: readonly string[] = ['text', 'email', 'phone', 'url', 'integer', 'decimal', 'percent', 'boolean', 'date', 'dateTime', 'picklist', 'formula', 'rollUp'];

/** What properties with a fixed choice may be. */
export const CHOICES: Record<string, string[]> = { mask: ['all', 'lastFour'], reset: ['never', 'year', 'month', 'day'], reparent: ['allowed', 'refused'], circles: ['allowed', 'refused'] };

export const FUNCTIONS = ['count', 'sum', 'avg', 'min', 'max'] as const;

export interface NewFieldValues {
  name: string;
  type: ChosenType;
  label: string;
  labelZh?: string;
  help?: string;
  required?: boolean;
  unique?: boolean;
  ignoreCase?: boolean;
  indexed?: boolean;
  reset?: string;
  gapless?: boolean;
  object?: string;
  via?: string;
  function?: (typeof FUNCTIONS)[number];
  field?: string;
  filter?: string;
  maxLength?: number;
  mask?: string;
  precision?: number;
  scale?: number;
  rateDate?: string;
  /** Of a picklist: a standard's list instead of own values. */
  codes?: 'currencies' | 'countries';
  /** Of a picklist: a shared set instead of own values. */
  valueSet?: string;
  maxSize?: number;
  accept?: string[];
  target?: string;
  targets?: string[];
  inverseLabel?: string;
  inverseLabelZh?: string;
  format?: string;
  expression?: string;
  resultType?: string;
  values?: { key: string; label: string; labelZh?: string }[];
}

export const hasLength = (type: string) => ['text', 'longText', 'richText', 'json', 'encryptedText'].includes(type);
export const hasValues = (type: string) => type === 'picklist' || type === 'multiPicklist';
export const mayBeUnique = (type: string) => !['longText', 'boolean', 'multiPicklist', 'richText', 'json', 'encryptedText', 'file', 'image', 'currency', 'address', 'geolocation', 'manyToMany'].includes(type);

/** The changes that add the described field; other packages' objects get it under the prefix of the custom layer. */
export function fieldChanges(object: string, own: boolean, values: NewFieldValues): MetadataChange[] {
  const prefix = own ? '' : 'c__';
  const key = `${object}/${prefix}${values.name}`;
  const textual = ['email', 'phone', 'url'].includes(values.type);
  const properties: Record<string, unknown> = {
    type: textual ? 'text' : values.type === 'polymorphicLookup' ? 'lookup' : values.type,
    label: values.label,
    ...(values.labelZh ? { 'label@zh-CN': values.labelZh } : {}),
    ...(values.help ? { help: values.help } : {}),
    ...(values.required && values.type !== 'manyToMany' ? { required: true } : {}),
    ...(values.unique && mayBeUnique(values.type) ? { unique: true } : {}),
    ...(values.unique && values.ignoreCase && (textual || values.type === 'text') ? { ignoreCase: true } : {}),
    ...(values.indexed && !values.unique && INDEXED_TYPES.includes(values.type) ? { indexed: true } : {}),
    ...(textual ? { format: values.type, maxLength: 255 } : {}),
    ...(hasLength(values.type) && values.maxLength ? { maxLength: values.maxLength } : {}),
    ...(values.type === 'encryptedText' && values.mask && values.mask !== 'all' ? { mask: values.mask } : {}),
    ...(['decimal', 'percent', 'currency'].includes(values.type) ? { precision: values.precision ?? 12, scale: values.scale ?? 2 } : {}),
    ...(values.type === 'currency' && values.rateDate ? { rateDate: values.rateDate } : {}),
    ...(values.type === 'picklist' && values.codes ? { codes: values.codes } : {}),
    ...(hasValues(values.type) && values.valueSet ? { valueSet: values.valueSet } : {}),
    ...(isFileType(values.type) && values.accept?.length ? { accept: values.accept } : {}),
    ...(isFileType(values.type) && values.maxSize ? { maxSize: values.maxSize } : {}),
    ...(['lookup', 'manyToMany'].includes(values.type) ? { target: values.target } : {}),
    ...(values.type === 'polymorphicLookup' ? { targets: values.targets } : {}),
    ...(values.type === 'manyToMany' && values.inverseLabel
      ? { inverseLabel: values.inverseLabel, ...(values.inverseLabelZh ? { 'inverseLabel@zh-CN': values.inverseLabelZh } : {}) }
      : {}),
    ...(values.type === 'autoNumber'
      ? { format: values.format, ...(values.reset && values.reset !== 'never' ? { reset: values.reset } : {}), ...(values.gapless ? { gapless: true } : {}) }
      : {}),
    ...(values.type === 'rollUp'
      ? {
          object: values.object,
          via: values.via,
          function: values.function,
          ...(values.function !== 'count' ? { field: values.field } : {}),
          ...(values.filter?.trim() ? { filter: values.filter } : {}),
        }
      : {}),
    ...(values.type === 'formula' ? { expression: values.expression, result: resultOf(values) } : {}),
  };
  return [
    { op: 'add', element: `field:${key}`, properties },
    ...(hasValues(values.type) && !values.codes && !values.valueSet ? (values.values ?? []) : []).map(
      (value): MetadataChange => ({
        op: 'add',
        element: `value:${key}/${value.key}`,
        properties: { label: value.label, ...(value.labelZh ? { 'label@zh-CN': value.labelZh } : {}) },
      }),
    ),
  ];
}

export const isFileType = (type: string) => type === 'file' || type === 'image';

function resultOf(values: NewFieldValues): Record<string, unknown> {
  return values.resultType === 'decimal'
    ? { type: 'decimal', precision: values.precision ?? 16, scale: values.scale ?? 2 }
    : { type: values.resultType ?? 'text' };
}
