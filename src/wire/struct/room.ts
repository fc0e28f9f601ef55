/**
 * Room for one packed struct, all zeros, that no other array ever covers.
 *
 * V8 keeps arrays of up to 64 bytes in its own heap, which is quick; larger ones ask the system for memory one by one,
 * ten times slower. So those up to 1 KiB are cut from a slab, as Node's `Buffer.allocUnsafe` does it, but from memory
 * that was never used before. The price is the same: such an array has a `byteOffset`, and keeps its slab alive.
 */
export function room(size: number): Uint8Array {
  if (size <= 64 || size > 1024) return new Uint8Array(size);
  if (used + size > slabSize) {
    slab = new ArrayBuffer(slabSize);
    used = 0;
  }
  const start = used;
  // Whole words, so that an owner may lay a Float64Array over its bytes.
  used += Math.ceil(size / 8) * 8;
  return new Uint8Array(slab, start, size);
}

const slabSize = 16384;
let slab = new ArrayBuffer(slabSize);
let used = 0;
