import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../../api/client';
import type { FieldState, ObjectDescription, Row } from '../../api/types';
import { asksServer, type FieldStates } from './formState';

/** Long enough not to ask for every letter, short enough to seem immediate. */
const PAUSE_MILLIS = 250;
const NOTHING = {};

/** What the object's conditions say about its fields, for a record with the given changes that are not saved yet. */
export function useFormState(object: ObjectDescription, row: Row | null, changes: Record<string, unknown> = NOTHING): FieldStates {
  const [asked, setAsked] = useState(changes);
  useEffect(() => {
    const pause = setTimeout(() => setAsked(changes), PAUSE_MILLIS);
    return () => clearTimeout(pause);
  }, [changes]);
  const conditional = asksServer(object.fields, row === null);
  const answer = useQuery({
    queryKey: ['form-state', object.name, object.modelVersion, row?.id, row?.version, asked],
    queryFn: () =>
      call<Record<string, FieldState>>(`/api/objects/${object.name}/form-state`, {
        method: 'POST',
        body: { id: row?.id ?? null, values: asked },
      }),
    enabled: conditional,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!conditional) return NOTHING;
  return answer.data ?? (answer.isError ? 'failed' : 'pending');
}
