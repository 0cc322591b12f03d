import type { FieldDescription, ProblemDetail } from '../../api/types';

/** What was filled in; what is empty is not sent. */
export function given(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''));
}

/** What the server says of each parameter, for its input; those it says nothing of are cleared. */
export function faultsOf(details: ProblemDetail[], parameters: FieldDescription[]): { name: string; errors: string[] }[] {
  return parameters.map(({ name }) => ({
    name,
    errors: details.filter((detail) => detail.pointer === `/${name}`).map((detail) => detail.detail),
  }));
}
