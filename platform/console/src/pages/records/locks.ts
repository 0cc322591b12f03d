import type { LockInfo, LockState } from '../../api/types';

/** What a page says of a lock, piece by piece: a text of `record.lock` and what is put into it. */
export interface LockNote {
  text: 'own' | 'whole' | 'hidden' | 'by' | 'reason';
  values?: Record<string, string>;
}

/** Whether somebody's lock keeps the reader, who else has rights on the record, from changing it. */
export function isHeld(state: LockState | undefined, rights: { edit: boolean } | undefined): boolean {
  if (!state || state.mayEdit) return false;
  return state.lock !== null || state.whole !== null || (rights?.edit ?? false);
}

const notesOf = (lock: LockInfo): LockNote[] => [
  ...(lock.by?.name ? [{ text: 'by', values: { who: lock.by.name } } as const] : []),
  ...(lock.reason ? [{ text: 'reason', values: { reason: lock.reason } } as const] : []),
];

/** Nothing where the record is not locked for anybody. Of a whole that the reader does not see nothing is known but that it is locked. */
export function lockNotes(state: LockState | undefined, rights: { edit: boolean } | undefined): LockNote[] {
  if (state?.lock) return [{ text: 'own' }, ...notesOf(state.lock)];
  if (state?.whole) return [{ text: 'whole', values: { title: state.whole.title } }, ...notesOf(state.whole)];
  return isHeld(state, rights) ? [{ text: 'hidden' }] : [];
}
