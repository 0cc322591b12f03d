import { expect, test } from 'vitest';
import type { LockState } from '../../api/types';
import { isHeld, lockNotes } from './locks';

const open: LockState = { lock: null, whole: null, mayLock: true, mayEdit: true };
const lock = { by: { id: 'u', name: 'Ada' }, at: '2026-05-04T10:00:00Z', reason: 'signed' };
const editor = { edit: true };
const reader = { edit: false };

test('an open record is held for nobody, also not for who may not change it anyway', () => {
  expect(isHeld(open, editor)).toBe(false);
  expect(isHeld({ ...open, mayEdit: false }, reader)).toBe(false);
  expect(isHeld(undefined, undefined)).toBe(false);
  expect(lockNotes(open, editor)).toEqual([]);
});

test('a locked record is held but for who may edit locked ones, and says why to both', () => {
  const locked = { ...open, lock, mayEdit: false };
  const notes = [{ text: 'own' }, { text: 'by', values: { who: 'Ada' } }, { text: 'reason', values: { reason: 'signed' } }];
  expect(isHeld(locked, editor)).toBe(true);
  expect(isHeld({ ...locked, mayEdit: true }, editor)).toBe(false);
  expect(lockNotes(locked, editor)).toEqual(notes);
  expect(lockNotes({ ...locked, mayEdit: true }, editor)).toEqual(notes);
});

test('who may not be seen and what was not said is left out', () => {
  expect(lockNotes({ ...open, lock: { ...lock, by: null, reason: null }, mayEdit: false }, editor)).toEqual([{ text: 'own' }]);
});

test('a part says which whole is locked, or only that one is', () => {
  const whole = { ...lock, object: 'o', id: 'i', title: 'Deed 7' };
  expect(lockNotes({ ...open, whole, mayEdit: false }, editor)[0]).toEqual({ text: 'whole', values: { title: 'Deed 7' } });
  expect(lockNotes({ ...open, mayEdit: false }, editor)).toEqual([{ text: 'hidden' }]);
});
