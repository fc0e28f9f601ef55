/** What the frames so far cost; read by the bench and by `doctor`. Times are milliseconds of wall time on this thread. */
export class Statistics {
  frames = 0;
  /** Frames that had nothing to write. */
  emptyFrames = 0;
  bytes = 0;
  total = 0;
  longest = 0;
  last = 0;

  record(milliseconds: number, bytes: number): void {
    this.frames++;
    if (bytes === 0) this.emptyFrames++;
    this.bytes += bytes;
    this.total += milliseconds;
    this.last = milliseconds;
    this.longest = Math.max(this.longest, milliseconds);
  }

  /** Mean of all frames. */
  get mean(): number {
    return this.frames === 0 ? 0 : this.total / this.frames;
  }

  reset(): void {
    this.frames = this.emptyFrames = this.bytes = this.total = this.longest = this.last = 0;
  }
}
