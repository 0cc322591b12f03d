import type { Problem } from '../../api/types';
import type { Publication } from './schemaChange';

/** Values that another type of a field would lose or change; the first records, as far as the asking person may read them. */
export interface Loss {
  object: string;
  field: string;
  from: string;
  to: string;
  kind: 'EMPTIED' | 'SHORTENED' | 'ROUNDED' | 'TIME_DROPPED' | 'REFERENCE_GONE' | 'RECORD_GONE';
  count: number;
  records: { id: string; title: unknown; value: unknown }[];
}

export interface LossPreview {
  digest: string;
  losses: Loss[];
}

const hasCode = (failure: unknown, code: string) => {
  const problem = (failure as { problem?: Problem }).problem;
  return problem?.code === code || (problem?.errors ?? []).some((detail) => detail.code === code);
};

export const losesValues = (failure: unknown) => hasCode(failure, 'store.values-would-be-lost');
export const dataIsGone = (failure: unknown) => hasCode(failure, 'tenancy.undo-data-purged');

/**
 * Sends something that may lose values: first without a word, then, if it would, with what somebody has seen and wants.
 * Asks again where values have changed meanwhile; null where he does not want it.
 */
export async function asking(
  send: (confirm?: string) => Promise<Publication>,
  look: () => Promise<LossPreview>,
  ask: (preview: LossPreview) => Promise<boolean>,
): Promise<Publication | null> {
  let confirm: string | undefined;
  for (;;) {
    try {
      return await send(confirm);
    } catch (failure) {
      if (!losesValues(failure)) throw failure;
      const preview = await look();
      if (!(await ask(preview))) return null;
      confirm = preview.digest;
    }
  }
}
