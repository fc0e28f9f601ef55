import {readFileSync} from 'node:fs';
import {hostname} from 'node:os';
import {namesTried, parseResolver, type ResolverSettings} from '../libc/lookup/search-list.ts';

/** What resolv.conf(5) and the environment make of look-ups on this machine. */
export interface ResolvConf extends ResolverSettings {
  /** Where it was read; absent when there is no such file, and the defaults hold. */
  readonly file?: string;
  /** Seconds for each try (`timeout:`). */
  readonly timeout: number;
  /** How often each server is asked (`attempts:`). */
  readonly attempts: number;
  /** The servers are asked in turn, not always the first one first. */
  readonly rotate: boolean;
  readonly edns0: boolean;
  /** AD of the answer is believed (`trust-ad`). */
  readonly trustAd: boolean;
  /** TCP from the start (`use-vc`). */
  readonly useTcp: boolean;
}

const usual = '/etc/resolv.conf';

/** Reads it now: it changes with the network. Without a file libc asks 127.0.0.1. */
export function readResolvConf(
  file: string = usual,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): ResolvConf {
  try {
    return {...parseResolvConf(readFileSync(file, 'utf8'), hostname(), environment), file};
  } catch {
    return parseResolvConf('', hostname(), environment);
  }
}

export function parseResolvConf(
  text: string,
  host = '',
  environment: Readonly<Record<string, string | undefined>> = {},
): ResolvConf {
  const settings = parseResolver(text, host, environment);
  const has = (option: string) => settings.options.includes(option);
  return {
    ...settings,
    // RES_MAXRETRANS and RES_MAXRETRY of <resolv.h> bound them silently.
    timeout: Math.min(30, numberOf(settings.options, 'timeout', 5)),
    attempts: Math.min(5, numberOf(settings.options, 'attempts', 2)),
    rotate: has('rotate'),
    edns0: has('edns0'),
    trustAd: has('trust-ad'),
    useTcp: has('use-vc'),
  };
}

/** The names to ask for, in order, until one has an answer: what search list and `ndots` make of a name (resolv.conf(5)). */
export function candidates(name: string, settings: Pick<ResolverSettings, 'search' | 'ndots'>): readonly string[] {
  return namesTried(name, settings);
}

function numberOf(options: readonly string[], name: string, otherwise: number): number {
  const given = options.findLast(option => new RegExp(`^${name}:\\d+$`).test(option));
  return given === undefined ? otherwise : Math.max(1, Number(given.slice(name.length + 1)));
}
