import type { ElementDescription, MetadataChange } from '../../api/types';
import { keyOf } from './statusModel';
import { listChange } from './recordTypes';
import { propertyOf } from './valueSets';

/** The name of the permission set that an object permission belongs to. */
export const setOf = (permission: ElementDescription) => permission.key.slice(permission.key.indexOf(':') + 1).split('/')[0]!;

const revealed = (permission: ElementDescription) => (propertyOf(permission, 'reveal') as string[] | null | undefined) ?? [];

/** Only who may read records of the object can be shown a text of theirs. */
const readers = (elements: ElementDescription[]) => elements.filter((e) => e.type === 'objectPermission' && propertyOf(e, 'read') === true);

/** The permission sets that may reveal an encrypted field, and those that could. */
export function revealers(field: ElementDescription, elements: ElementDescription[]) {
  const all = readers(elements);
  return { possible: all.map(setOf), chosen: all.filter((p) => revealed(p).includes(keyOf(field))).map(setOf) };
}

/** What makes exactly these sets reveal the field. */
export function revealChanges(field: ElementDescription, elements: ElementDescription[], sets: string[]): MetadataChange[] {
  const name = keyOf(field);
  return readers(elements)
    .filter((permission) => revealed(permission).includes(name) !== sets.includes(setOf(permission)))
    .map((permission) => {
      const before = revealed(permission);
      return listChange(permission, 'reveal', sets.includes(setOf(permission)) ? [...before, name] : before.filter((f) => f !== name));
    })
    .filter((change) => change !== null);
}
