import type { ElementProperty, FieldDescription, FieldKind, MetadataChange } from '../../api/types';

/** A value that a package leaves to its customers. */
export interface SettingDescription {
  key: string;
  name: string;
  origin: string;
  label: string;
  help: string | null;
  type: FieldKind;
  maxLength: number | null;
  precision: number | null;
  scale: number | null;
  value: unknown;
  layer: string | null;
  changeable: boolean;
  chain: ElementProperty['chain'];
  choices: { value: string; label: string }[] | null;
}

const OWN = 'custom';
const NUMBERS: FieldKind[] = ['integer', 'decimal', 'percent'];

/** The setting as a field, so that the input of a field's type fills it. */
export function fieldOf(setting: SettingDescription): FieldDescription {
  return {
    name: setting.name,
    label: setting.label,
    help: setting.help,
    type: setting.choices ? 'picklist' : setting.type,
    maxLength: setting.maxLength,
    precision: setting.precision,
    scale: setting.scale,
    values: setting.choices?.map(({ value, label }) => ({ key: value, label, color: null, active: true })) ?? null,
    required: true,
    unique: false,
    readOnly: false,
    editable: setting.changeable,
    when: [],
    system: false,
    hasDefault: false,
  };
}

/** What a new value means for the own layer; null where it is none or the one in force. Inputs give numbers as text. */
export function settingChange(setting: SettingDescription, filled: unknown): MetadataChange | null {
  if (filled === null || filled === undefined || filled === '') return null;
  const value = NUMBERS.includes(setting.type) ? Number(filled) : filled;
  return value === setting.value ? null : { op: 'set', element: setting.key, property: 'value', value };
}

/** What the own layer's value hides, where it has one that can be taken back. */
export function hidden(setting: SettingDescription): ElementProperty['chain'][number] | undefined {
  return setting.layer === OWN ? setting.chain.filter((step) => step.layer !== OWN).at(-1) : undefined;
}

/** As people read it. */
export function shown(setting: SettingDescription, value: unknown, yes: string, no: string): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? yes : no;
  return setting.choices?.find((choice) => choice.value === value)?.label ?? String(value);
}
