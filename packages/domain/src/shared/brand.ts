/** A plain value that may not be mixed up with another of the same shape. */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
