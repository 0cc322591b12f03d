/** A number as the reader's language writes it. Texts are not turned into doubles on the way: no digit is lost. */
export function written(value: unknown, language: string, options?: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language, options).format((typeof value === 'number' ? value : String(value)) as Intl.StringNumericLiteral);
}
