/** Says something, as a job of `inOrder` does. */
type Say = () => void;

/**
 * Runs jobs at once, and lets what they say come out in their order: the first one is heard as it speaks, each later one
 * when those before it are through. Rejects with the first failure, when all have ended.
 */
export async function inOrder<T>(jobs: readonly ((say: (what: Say) => void) => Promise<T>)[]): Promise<readonly T[]> {
  const waiting: Say[][] = jobs.map(() => []);
  const ended = new Set<number>();
  let turn = 0;
  const passOn = () => {
    while (ended.has(turn)) {
      turn++;
      for (const what of waiting[turn]?.splice(0) ?? []) what();
    }
  };
  const results = await Promise.allSettled(
    jobs.map(async (job, place) => {
      try {
        return await job(what => {
          if (place === turn) what();
          else waiting[place]!.push(what);
        });
      } finally {
        ended.add(place);
        passOn();
      }
    }),
  );
  return results.map(result => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
