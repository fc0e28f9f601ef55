import type {Scene} from './picture/scene.ts';
import {commandScenes} from './scenes/commands.ts';
import {dataScenes} from './scenes/data.ts';
import {namesScenes} from './scenes/names.ts';
import {shellScenes} from './scenes/shell.ts';
import {tcpScenes} from './scenes/tcp.ts';

/** The pictures in screenshots/, in the order in which they are taken. */
export const scenes: readonly Scene[] = [...commandScenes, ...shellScenes, ...tcpScenes, ...namesScenes, ...dataScenes];
