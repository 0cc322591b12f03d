import type { ElementDescription, ElementProperty } from '../../api/types';

/**
 * Whether the property lists values of the picklist: those that may follow one, that a record may begin with, or that
 * another field's value allows.
 */
export const isListOfValues = (element: ElementDescription, property: string) =>
  element.type === 'field' && (property === 'initial' || property.startsWith('transitions.') || property.startsWith('allowed.'));

/** Whether the property names the field that decides which values are allowed. */
export const isDecider = (element: ElementDescription, property: string) => element.type === 'field' && property === 'dependsOn';

/** A field that another may depend on, with its values. */
export interface Decider {
  name: string;
  values: string[];
}

const valueOf = (element: ElementDescription, property: string) => element.properties.find((p) => p.name === property)?.value;

/** The values of a picklist field: its own, or those of the shared set that it names. */
export function valuesOf(field: ElementDescription, all: ElementDescription[]): ElementDescription[] {
  const set = valueOf(field, 'valueSet');
  const prefix = typeof set === 'string' ? `setValue:${set}/` : `value:${field.key.slice('field:'.length)}/`;
  return field.type === 'field' ? all.filter((value) => value.key.startsWith(prefix)) : [];
}

/** The picklists and booleans beside a field of the same object. */
export function decidersOf(element: ElementDescription, all: ElementDescription[]): Decider[] {
  const object = element.key.split('/')[0]!;
  return all.flatMap((other) => {
    if (other.type !== 'field' || other.key === element.key || !other.key.startsWith(`${object}/`)) return [];
    const name = keyOf(other);
    if (valueOf(other, 'type') === 'boolean') return [{ name, values: ['true', 'false'] }];
    if (valueOf(other, 'type') !== 'picklist') return [];
    return [{ name, values: valuesOf(other, all).map(keyOf) }];
  });
}

/** The properties of an element; those of a picklist with what nobody has said yet about its values. */
export function propertiesOf(element: ElementDescription, values: ElementDescription[], deciders: Decider[] = []): ElementProperty[] {
  const type = element.type === 'field' ? valueOf(element, 'type') : null;
  if (type !== 'picklist' && type !== 'multiPicklist') return element.properties;
  const deciding = deciders.find((field) => field.name === valueOf(element, 'dependsOn'))?.values ?? [];
  const possible = [
    ...(type === 'picklist' ? ['initial', ...values.map((value) => `transitions.${keyOf(value)}`)] : []),
    ...(deciders.length > 0 ? ['dependsOn', ...deciding.map((key) => `allowed.${key}`)] : []),
  ];
  return [
    ...element.properties,
    ...possible
      .filter((name) => !element.properties.some((p) => p.name === name))
      .map((name) => ({ name, value: null, layer: '', changeable: true, chain: [] })),
  ];
}

/** The key of a value's element, `value:recruiting__Offer/status/draft`. */
export const keyOf = (value: ElementDescription) => value.key.split('/').pop()!;
