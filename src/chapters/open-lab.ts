import {type LabOptions, startLab} from '../lab/lab.ts';
import {findPlaces} from '../lab/places.ts';
import type {Lab, LabFault, LabHost} from '../lab/types.ts';
import {createWorld} from '../world/world.ts';

export type {Lab, LabFault, LabHost, LabOptions};

/** The lab on its own, for other programs. The command line gets it from here: it may not reach into the lab itself. */
export function openLab(options: LabOptions): Promise<Lab> {
  return startLab(createWorld(), options);
}

/** Whether the lab's hosts can have addresses of their own here, or only ports of 127.0.0.1. Nothing is started. */
export async function labPlaces(): Promise<'own' | 'ports'> {
  return (await findPlaces()).kind;
}
