// The only globals that `wire/` may use although it is compiled without Node's and without the browser's types.
// They exist in every JavaScript host. Included by tsconfig.pure.json alone.

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: {readonly fatal?: boolean; readonly ignoreBOM?: boolean});
  decode(bytes?: Uint8Array): string;
}
