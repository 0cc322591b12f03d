import { ConfigProvider, DatePicker, Input, InputNumber, Select, Switch, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { lazy, Suspense } from 'react';
import { instantOf, wallClock } from '../api/clock';
import { isLinks, isReference } from '../api/fields';
import { isFile, type FileValue } from '../api/files';
import { mayBeEmptied, offered, offeredToList } from '../api/picklist';
import type { FieldDescription, Row } from '../api/types';
import { useZone } from '../app/model';
import { FileInput } from './FileInput';
import { LinksInput } from './LinksInput';
import { ReferenceInput } from './ReferenceInput';
import { SecretInput } from './Secret';

/** The editors are large, and few objects have JSON or formatted text. */
const JsonInput = lazy(() => import('./JsonInput'));
const RichTextInput = lazy(() => import('./RichTextInput'));

interface Props {
  field: FieldDescription;
  /** The object that has the field, where one of its records is filled; files are sent for it. */
  object?: string;
  value?: unknown;
  onChange?: (value: unknown) => void;
  referenceLabel?: string;
  /** The form around, for references that follow rules of their own. */
  form?: { id: string | null; values: Record<string, unknown> };
  /** Of a picklist: what the record has, null for nothing; undefined where no record is changed. */
  stored?: string | null;
  /** Of a picklist: the values that another field allows; undefined where none does. */
  beside?: string[];
  /** The value is shown, but not to be changed. */
  disabled?: boolean;
  id?: string;
}

/** The input for a field's type. Values have the data API's JSON form; decimals stay text, so that no digit is lost. */
export function FieldInput({ disabled, ...props }: Props) {
  return (
    <ConfigProvider componentDisabled={disabled}>
      <InputOfType {...props} />
    </ConfigProvider>
  );
}

function InputOfType({ field, object, form, value, onChange, referenceLabel, stored, beside, id }: Omit<Props, 'disabled'>) {
  const zone = useZone();
  const give = (next: unknown) => onChange?.(next === undefined || next === '' ? null : next);
  const choice = field.chosen && object && form ? { object, reference: field.name, ...form } : undefined;
  if (isLinks(field)) {
    return (
      <LinksInput
        id={id}
        target={field.target ?? ''}
        value={value as Row[] | null}
        onChange={give}
        choice={choice}
        shown={field.candidateFields ?? undefined}
      />
    );
  }
  if (isReference(field)) {
    return (
      <ReferenceInput
        id={id}
        target={field.target ?? ''}
        value={value as string | null}
        onChange={give}
        initialLabel={referenceLabel}
        choice={choice}
        shown={field.candidateFields ?? undefined}
      />
    );
  }
  if (isFile(field) && object) {
    return <FileInput object={object} field={field} value={value as FileValue | null} onChange={give} id={id} />;
  }
  switch (field.type) {
    case 'longText':
      return (
        <Input.TextArea
          id={id}
          autoSize={{ minRows: 3, maxRows: 12 }}
          maxLength={field.maxLength ?? undefined}
          value={(value as string | null) ?? ''}
          onChange={(event) => give(event.target.value)}
        />
      );
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'currency':
      return (
        <InputNumber<string>
          id={id}
          stringMode
          style={{ width: '100%' }}
          precision={field.type === 'integer' ? 0 : undefined}
          suffix={field.type === 'percent' ? '%' : undefined}
          value={value === null || value === undefined ? null : String(value)}
          onChange={(next) => give(next === null ? null : String(next))}
        />
      );
    case 'boolean':
      return <Switch id={id} checked={value === true} onChange={give} />;
    case 'date':
      return (
        <DatePicker
          id={id}
          style={{ width: '100%' }}
          value={value ? dayjs(value as string) : null}
          onChange={(next: Dayjs | null) => give(next ? next.format('YYYY-MM-DD') : null)}
        />
      );
    case 'dateTime':
      return (
        <DatePicker
          id={id}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          style={{ width: '100%' }}
          // The picker's "now" is the browser's, which may be in another zone.
          showNow={false}
          value={value ? wallClock(value as string, zone) : null}
          onChange={(next: Dayjs | null) => give(next ? instantOf(next, zone) : null)}
        />
      );
    case 'time': {
      const shown = value ? dayjs(`2000-01-01T${value as string}`) : null;
      return (
        <TimePicker
          id={id}
          format={shown && shown.second() > 0 ? 'HH:mm:ss' : 'HH:mm'}
          needConfirm={false}
          style={{ width: '100%' }}
          value={shown}
          onChange={(next: Dayjs | null) => give(next ? next.format('HH:mm:ss') : null)}
        />
      );
    }
    case 'multiPicklist': {
      const chosen = (value as string[] | null) ?? [];
      return (
        <Select
          id={id}
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          value={chosen}
          options={offeredToList(field, chosen, beside).map((option) => ({ value: option.key, label: option.label }))}
          onChange={(next: string[]) => give(next.length > 0 ? next : null)}
        />
      );
    }
    case 'richText':
      return (
        <Suspense fallback={null}>
          <RichTextInput id={id} value={(value as string | null) ?? null} onChange={give} />
        </Suspense>
      );
    case 'json':
      return (
        <Suspense fallback={null}>
          <JsonInput value={(value as string | null) ?? null} onChange={give} />
        </Suspense>
      );
    case 'picklist':
      return (
        <Select
          id={id}
          allowClear={mayBeEmptied(field, stored)}
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          value={(value as string | null) ?? undefined}
          options={offered(field, value, stored, beside).map((option) => ({ value: option.key, label: option.label }))}
          onChange={give}
        />
      );
    case 'encryptedText':
      return <SecretInput id={id} value={value as string | null} maxLength={field.maxLength ?? undefined} onChange={give} />;
    default:
      return (
        <Input
          id={id}
          type={field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text'}
          maxLength={field.maxLength ?? undefined}
          value={(value as string | null) ?? ''}
          onChange={(event) => give(event.target.value)}
        />
      );
  }
}
