import type { TFunction } from 'i18next';

/** In force as a model version, or going on in the background because large tables are changed first. */
export interface Publication {
  modelVersion?: number;
  schemaChange?: string;
}

export type SchemaPhase = 'PREPARING' | 'WAITING' | 'COPYING_ROWS' | 'CONVERTING' | 'COMPUTING' | 'BUILDING_INDEX' | 'SWITCHING' | 'MATCHING';

/** A change of a large table, which goes on while people work. */
export interface SchemaChange {
  id: string;
  state: 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  by: { id: string; name: string };
  startedAt: string;
  endedAt: string | null;
  object: string | null;
  phase: SchemaPhase;
  done: number;
  total: number;
  fault: string | null;
}

export const told = (t: TFunction, publication: Publication): string =>
  publication.schemaChange ? t('schemaChanges.started') : t('objects.published', { version: publication.modelVersion });

/** How much of the present phase is done, in whole percent; null where nobody can tell. */
export const percent = (change: Pick<SchemaChange, 'done' | 'total'>): number | null =>
  change.total > 0 ? Math.min(100, Math.floor((100 * change.done) / change.total)) : null;
