import {stringify} from '../journal/json.ts';
import {formatProblem} from '../journal/problem.ts';
import {visible} from '../wire/text/visible.ts';
import {configFile, loadConfig} from './config.ts';
import {findTool, versionOf} from './find-tool.ts';
import type {Io} from './io.ts';
import {printText} from './print-text.ts';
import {terminalFindings} from './terminal-findings.ts';
import {version} from './version.ts';
import {wrap} from './wrap.ts';

/** One thing a machine can have. `without` says what is unavailable when it is missing. */
export interface Finding {
  readonly id: string;
  readonly title: string;
  readonly present: boolean;
  /** Which, where, or why not. */
  readonly detail: string;
  readonly without?: string;
}

/** `wirebook doctor`: looks, and changes nothing. */
export async function runDoctor(json: boolean, io: Io): Promise<number> {
  const findings = await examine(io);
  const text = json
    ? `${stringify({wirebook: version(), findings})}\n`
    : visible(findingsText(findings, io.stdout.columns ?? 80), {lines: true});
  return printText(text, io);
}

export async function examine(io: Io): Promise<readonly Finding[]> {
  const [world, terminal, tools] = await Promise.all([worldFindings(), terminalFindings(io), toolFindings(io.env)]);
  return [runtime(), ...world, ...terminal, ...tools, settingsFinding(io)];
}

/** Marks are words as well as signs: nothing is said by colour or by a glyph alone. */
export function findingsText(findings: readonly Finding[], width: number): string {
  const title = Math.max(...findings.map(finding => finding.title.length));
  const indent = ' '.repeat(title + 9);
  const lines = findings.flatMap(finding => {
    const {present, detail, without} = finding;
    const said = present || without === undefined ? detail : `${detail} Without it: ${without}.`;
    const [first = '', ...more] = wrap(said, Math.max(24, width - indent.length));
    const mark = present ? '+ yes' : '- no ';
    return [`${mark}  ${finding.title.padEnd(title)}  ${first}`.trimEnd(), ...more.map(line => indent + line)];
  });
  return `${lines.join('\n')}\n`;
}

function runtime(): Finding {
  const {node} = process.versions;
  return {id: 'node', title: 'Node', present: true, detail: `${node} on ${process.platform} ${process.arch}`};
}

async function worldFindings(): Promise<readonly Finding[]> {
  const {openWorld} = await import('../chapters/open-world.ts');
  const {libc, netlink, proc} = await openWorld().capabilities();
  const described = [
    [
      'libc',
      'C library',
      libc,
      'the socket calls themselves: shutdown(SHUT_RD), the backlog, every option',
      'through koffi',
    ],
    ['netlink', 'Socket diagnosis', netlink, 'TCP_INFO of sockets other than our own', 'sock_diag answers'],
    ['proc', '/proc', proc, 'the kernel’s tables and who holds a port', '/proc/net can be read'],
  ] as const;
  const findings = described.map(([id, title, found, without, detail]) => ({
    id,
    title,
    present: found.available,
    detail: found.available ? detail : found.why,
    without,
  }));
  return [...findings, await labFinding()];
}

async function labFinding(): Promise<Finding> {
  const {labPlaces} = await import('../chapters/open-lab.ts');
  const own = (await labPlaces()) === 'own';
  const detail = own ? 'each host can have an address of 127.4/16' : 'only 127.0.0.1 is local here.';
  const without = 'each host of the lab has ports of 127.0.0.1 instead, and other programs cannot follow its referrals';
  return {id: 'lab', title: 'Lab addresses', present: own, detail, without};
}

const tools = [
  ['python3', 'checking struct and pickle against Python itself'],
  ['tshark', 'checking captures against Wireshark'],
  ['dig', 'comparing answers with another resolver'],
  ['delv', 'comparing verdicts on signatures with another validator'],
  ['whois', 'comparing whois answers'],
  ['nc', 'playing the other end of a connection by hand'],
] as const;

async function toolFindings(env: Io['env']): Promise<readonly Finding[]> {
  return Promise.all(
    tools.map(async ([name, without]) => {
      const path = findTool(name, env);
      if (path === undefined) return {id: name, title: name, present: false, detail: 'not found in PATH.', without};
      const found = name === 'nc' ? '' : await versionOf(path, name === 'dig' || name === 'delv' ? '-v' : '--version');
      return {id: name, title: name, present: true, detail: found === '' ? path : `${found} (${path})`, without};
    }),
  );
}

function settingsFinding(io: Io): Finding {
  const {warnings} = loadConfig(io.env);
  const [first] = warnings;
  const detail = first ?? configFile(io.env);
  if (first === undefined) return {id: 'config', title: 'Settings', present: true, detail};
  const says = warnings.length > 1 ? `${first} And ${warnings.length - 1} more` : first;
  return {id: 'config', title: 'Settings', present: false, detail: formatProblem({code: 'config', says})};
}
