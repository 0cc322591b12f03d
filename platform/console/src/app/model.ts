import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { hereZone } from '../api/clock';
import type { ValueSet } from '../pages/admin/valueSets';
import type { AppEntry, Me, ObjectDescription, PermissionSetInfo } from '../api/types';

/** Descriptions depend on the language, so it is part of every key. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => call<Me>('/api/me'), staleTime: 60_000 });
}

/** The person's own time zone, as their profile says; where they sit at the moment does not matter. */
export function useZone(): string {
  return useMe().data?.zone ?? hereZone();
}

export function useApps() {
  const { i18n } = useTranslation();
  return useQuery({ queryKey: ['apps', i18n.language], queryFn: () => call<AppEntry[]>('/api/apps'), staleTime: 60_000 });
}

export interface Rights {
  edit: boolean;
  delete: boolean;
}

export interface ObjectName {
  name: string;
  label: string;
  pluralLabel: string;
  origin: string;
}

export function useObjects() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['objects', i18n.language],
    queryFn: () => call<ObjectName[]>('/api/objects'),
    staleTime: 60_000,
  });
}

/** Every object of the tenant, for those who customize; also those whose records they may not see. */
export function useAllObjects() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['all-objects', i18n.language],
    queryFn: () => call<(ObjectName & { fields: number })[]>('/api/admin/objects'),
    staleTime: 60_000,
  });
}

export function useValueSets() {
  const { i18n } = useTranslation();
  return useQuery({ queryKey: ['value-sets', i18n.language], queryFn: () => call<ValueSet[]>('/api/admin/value-sets') });
}

export function usePermissionSets() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['permission-sets', i18n.language],
    queryFn: () => call<PermissionSetInfo[]>('/api/admin/permission-sets'),
    staleTime: 60_000,
  });
}

export function useObject(name: string | undefined) {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['object', name, i18n.language],
    queryFn: () => call<ObjectDescription>(`/api/objects/${encodeURIComponent(name ?? '')}`),
    enabled: !!name,
    staleTime: 30_000,
    retry: false,
  });
}

const NO_RIGHTS: Rights = { edit: false, delete: false };

/** What may be done with one record; undefined while it is asked. */
export function useRights(object: ObjectDescription | undefined, id: string | undefined, version: number | undefined): Rights | undefined {
  const possible = !!object && (object.can.edit || object.can.delete);
  const rights = useQuery({
    queryKey: ['rights', object?.name, id, version],
    queryFn: () => call<{ can: Rights }>(`/api/records/${object?.name}/${id}/access`),
    enabled: !!id && possible,
  });
  return object && !possible ? NO_RIGHTS : rights.data?.can;
}
