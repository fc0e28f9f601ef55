/** How a copy went: by which way, or why by none. */
export interface CopyOutcome {
  readonly how: string;
  readonly failed?: boolean;
}
