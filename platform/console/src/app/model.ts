import { useQueries, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../api/client';
import { isReference } from '../api/fields';
import type { AppEntry, Me, ObjectDescription, PermissionSetInfo } from '../api/types';

/** Descriptions depend on the language, so it is part of every key. */
export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: () => call<Me>('/api/me'), staleTime: 60_000 });
}

export function useApps() {
  const { i18n } = useTranslation();
  return useQuery({ queryKey: ['apps', i18n.language], queryFn: () => call<AppEntry[]>('/api/apps'), staleTime: 60_000 });
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

export function usePermissionSets() {
  const { i18n } = useTranslation();
  return useQuery({
    queryKey: ['permission-sets', i18n.language],
    queryFn: () => call<PermissionSetInfo[]>('/api/admin/permission-sets'),
    staleTime: 60_000,
  });
}

function descriptionQuery(name: string, language: string) {
  return {
    queryKey: ['object', name, language],
    queryFn: () => call<ObjectDescription>(`/api/objects/${encodeURIComponent(name)}`),
    staleTime: 30_000,
    retry: false,
  };
}

export function useObject(name: string | undefined) {
  const { i18n } = useTranslation();
  return useQuery({ ...descriptionQuery(name ?? '', i18n.language), enabled: !!name });
}

/** Title fields of the objects that an object refers to, by object name; empty until they are known. */
export function useTitles(object: ObjectDescription | undefined): { titles: Map<string, string>; ready: boolean } {
  const { i18n } = useTranslation();
  const targets = [...new Set((object?.fields ?? []).filter(isReference).map((f) => f.target ?? ''))].filter(Boolean);
  return useQueries({
    queries: targets.map((target) => descriptionQuery(target, i18n.language)),
    combine: (results) => ({
      titles: new Map(results.flatMap((r) => (r.data ? [[r.data.name, r.data.titleField] as const] : []))),
      ready: !!object && results.every((r) => !r.isPending),
    }),
  });
}
