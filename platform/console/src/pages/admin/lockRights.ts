import type { ElementDescription, MetadataChange } from '../../api/types';
import { changeTo } from './conditions';
import { setOf } from './reveal';
import { propertyOf } from './valueSets';

/** The rights of an object permission that are about locked records. */
export type LockRight = 'lock' | 'editLocked';

/** Who may edit nothing has nothing to lock. */
const editors = (elements: ElementDescription[]) => elements.filter((e) => e.type === 'objectPermission' && propertyOf(e, 'edit') === true);

const has = (permission: ElementDescription, right: LockRight) => propertyOf(permission, right) === true;

/** The permission sets that give the right on the object, and those that could. */
export function lockers(right: LockRight, elements: ElementDescription[]) {
  const all = editors(elements);
  return { possible: all.map(setOf), chosen: all.filter((permission) => has(permission, right)).map(setOf) };
}

/** What makes exactly these sets give the right. */
export function lockRightChanges(right: LockRight, elements: ElementDescription[], sets: string[]): MetadataChange[] {
  return editors(elements)
    .filter((permission) => has(permission, right) !== sets.includes(setOf(permission)))
    .flatMap((permission): MetadataChange[] => {
      const wanted = sets.includes(setOf(permission));
      const now = permission.properties.find((property) => property.name === right);
      if (!now) return [{ op: 'set', element: permission.key, property: right, value: wanted }];
      // What only the tenant itself has given is taken back; what a product gives has to be refused.
      const below = now.chain.some((link) => link.layer !== 'custom' && link.value === true);
      const change = changeTo(permission, now, wanted || below ? wanted : null);
      return change ? [change] : [];
    });
}
