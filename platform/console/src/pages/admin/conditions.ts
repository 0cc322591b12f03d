import type { ElementDescription, ElementProperty, MetadataChange } from '../../api/types';

/** Properties that are conditions over a record, by the type of the element. */
const CONDITIONS: Record<string, string[]> = {
  field: ['visibleWhen', 'requiredWhen', 'readOnlyWhen', 'candidateFilter'],
  rule: ['condition'],
  action: ['condition'],
  duplicateRule: ['condition'],
};

export const isCondition = (element: ElementDescription, property: string) => (CONDITIONS[element.type] ?? []).includes(property);

/** The object in a key like `field:recruiting__Offer/salary`. */
export const objectOf = (element: ElementDescription) => element.key.slice(element.key.indexOf(':') + 1).split('/')[0]!;

/** The change that brings a condition's text in force; nothing where it says what is in force. */
export function conditionChange(element: ElementDescription, property: ElementProperty, text: string): MetadataChange | null {
  return changeTo(element, property, text.trim() || null);
}

/** The change that brings a value in force, null for none; nothing where it is in force. */
export function changeTo(element: ElementDescription, property: ElementProperty, value: unknown): MetadataChange | null {
  const at = { element: element.key, property: property.name };
  if (JSON.stringify(value) === JSON.stringify(property.value ?? null)) return null;
  if (value !== null) return { op: 'set', ...at, value };
  // Only a lower layer's value has to be taken back; what nobody else says just goes.
  return property.chain.every((link) => link.layer === 'custom') ? { op: 'reset', ...at } : { op: 'set', ...at, value: null };
}
