/** As the read side and the domain type what they give: nothing in it may be written to. */
type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

/** A row of a view without what views keep for themselves and never show. */
export type Shown<Row> = Omit<
  Row,
  'state' | 'settlements' | 'names' | 'searchText' | 'grams' | 'course' | 'open' | 'usedDays' | 'applicantDays' | 'countedOn'
>;

/**
 * What a view gives, as the contract's class for it. A DTO `implements` the row, so it lacks nothing; here the compiler sees that the
 * row gives all that the DTO promises. The cast takes off `readonly` alone, which the swagger plugin cannot read on an array.
 */
export function answer<Dto>(row: NoInfer<Frozen<Dto>>): Dto {
  return row as Dto;
}
