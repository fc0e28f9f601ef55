/** What a program's own error may be: the message for people, a value for code, and the error below as its cause. */
export class ExchangeError extends Error {
  readonly code = 'EXCHANGE';
  readonly value: number;

  constructor(value: number, options?: ErrorOptions) {
    super(`the exchange failed: ${value}`, options);
    this.name = 'ExchangeError';
    this.value = value;
  }
}
