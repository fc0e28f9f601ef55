// Stands for @types/dns-packet in tsconfig.pure.json: that one brings all of Node's types along, and with them every
// name that `wire/` must not know. `wire/dns` says itself what little it uses.

export {};
