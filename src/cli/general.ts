import {secondsField} from '../chapters/fields.ts';
import type {Flag} from './scan.ts';

export interface GeneralFlag extends Flag {
  readonly says: string;
}

/** The flags that every experiment has. No field of an experiment may have one of these names. */
export const generalFlags = [
  {name: 'json', says: 'print events, one JSON object a line; the last has kind “end”'},
  {name: 'text', says: 'print text, even in a terminal'},
  {name: 'once', says: 'one round is enough: one connection, one datagram, one reading'},
  {name: 'timeout', value: 'S', says: 'end after S seconds (2.5, 250ms) with exit code 124'},
  {name: 'do', value: 'ACTION', says: 'perform an action with its arguments, then end; may be repeated'},
  {name: 'save', value: 'FILE', says: 'write what happened to FILE; wirebook open FILE shows it again'},
  {name: 'batch', says: 'answer requests, one JSON value a line, from standard input'},
  {name: 'help', short: 'h', says: 'say what there is to give'},
] as const satisfies readonly GeneralFlag[];

export type GeneralName = (typeof generalFlags)[number]['name'];

export const timeoutField = secondsField({label: '--timeout', default: 0, from: 0.001, to: 86_400});

/** What a command's exit code says, in one table for the code, the help, the manual page and the documents. */
export const exitCodes = {
  done: {code: 0, says: 'done'},
  failed: {code: 1, says: 'the experiment failed'},
  usage: {code: 2, says: 'wrong usage'},
  timeout: {code: 124, says: 'timed out (--timeout)'},
  hangup: {code: 129, says: 'ended by SIGHUP'},
  interrupted: {code: 130, says: 'interrupted (SIGINT)'},
  terminated: {code: 143, says: 'ended by SIGTERM'},
} as const;
