import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetadataChange } from '../../api/types';
import { useTell } from '../../components/Problem';
import { publish } from './publishing';
import { told } from './schemaChange';

/** Publishes changes from a page: what went wrong, whether it is under way, and everything read anew afterwards. */
export function usePublish() {
  const { t } = useTranslation();
  const tell = useTell();
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = async (changes: MetadataChange[]): Promise<boolean> => {
    if (changes.length === 0) return true;
    setBusy(true);
    setError(null);
    try {
      tell.done(told(t, await publish(changes)));
      await queries.invalidateQueries();
      return true;
    } catch (failure) {
      setError(failure);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { change, error, busy, forget: () => setError(null) };
}
