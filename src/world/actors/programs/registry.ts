import type {Program} from './kit.ts';
import {poller} from './poller/poller.ts';
import {capitalizer} from './stream/capitalizer.ts';
import {receiver} from './stream/receiver.ts';
import {sender} from './stream/sender.ts';

/** The programs that an actor's thread can run. A new one is a file and a line here. */
export const programs = {poller, sender, receiver, capitalizer};

type Programs = typeof programs;
export type ProgramName = keyof Programs;

type Parts<Name extends ProgramName> =
  Programs[Name] extends Program<infer Options, infer Command, infer Event, infer Result>
    ? {options: Options; command: Command; event: Event; result: Result}
    : never;

export type OptionsOf<Name extends ProgramName> = Parts<Name>['options'];
export type CommandOf<Name extends ProgramName> = Parts<Name>['command'];
export type ResultOf<Name extends ProgramName> = Parts<Name>['result'];
