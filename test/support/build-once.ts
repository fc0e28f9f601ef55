import {buildIfStale} from '../../scripts/build.ts';

/** Tests that start the program start the built one: it is built once, before the first test. */
export default async function setup(): Promise<void> {
  await buildIfStale();
}
