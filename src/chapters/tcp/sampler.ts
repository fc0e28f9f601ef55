/** Looks again and again while something moves, and not at all while nothing does. */
export interface Sampler {
  /** Something has happened: look soon. */
  poke(): void;
  close(): void;
}

/** Milliseconds: to the first look after something has happened, and the longest between two. */
const soon = 40;
const seldom = 1000;

/** Looks without a change after which it rests until it is poked. */
const patience = 4;

export type Looked = 'changed' | 'same' | 'unsettled';

/**
 * `look` says whether anything was other than last time; `unsettled` keeps it looking, seldom, because the kernel still has
 * something to do. At most one look is under way.
 */
export function createSampler(look: () => Promise<Looked>): Sampler {
  let timer: NodeJS.Timeout | undefined;
  let [pause, same, looking, again, closed] = [soon, 0, false, false, false];
  const schedule = (milliseconds: number): void => {
    if (!closed) timer ??= setTimeout(() => void run(), milliseconds);
  };
  const run = async (): Promise<void> => {
    timer = undefined;
    looking = true;
    const found = await look().catch((): Looked => 'same');
    looking = false;
    same = found === 'changed' || again ? 0 : same + 1;
    pause = same === 0 ? 100 : Math.min(seldom, pause * 2);
    if (again || found === 'unsettled' || same < patience) schedule(pause);
    again = false;
  };
  return {
    poke() {
      [same, pause] = [0, soon];
      if (looking) again = true;
      else schedule(soon);
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}
