import {type Fields, flagField, portField, textField} from '../chapters/fields.ts';
import {hexFields, hexShort} from './hex-fields.ts';

/** A command that is no experiment. Parsing, help, completions, the manual page and the documents are made from these. */
export interface Command {
  /** What follows the name, as a synopsis. */
  readonly takes: string;
  readonly says: string;
  readonly fields: Fields;
  /** One-letter names for fields. */
  readonly short?: Readonly<Record<string, string>>;
  /** The words that may come first, for completion. */
  readonly words?: readonly string[];
  /** Paragraphs for its own help. */
  readonly more?: readonly string[];
}

const json = flagField({label: 'JSON', default: false, hint: 'print JSON'});

export const commands = {
  help: {takes: '[COMMAND…]', says: 'say what there is to give', fields: {}},
  hex: {
    takes: '[FILE|-]',
    says: 'dump bytes in hexadecimal, byte for byte as xxd or hexdump -C does',
    fields: hexFields,
    short: hexShort,
    more: [
      'Without FILE, or with -, it reads standard input. The letters of xxd are understood: wirebook hex -c 8 -g 1.',
    ],
  },
  open: {
    takes: 'FILE.wirebook',
    says: 'show what was saved again; nothing is sent',
    fields: {
      json: flagField({label: 'JSON', default: false, hint: 'print its events, one JSON object a line'}),
      text: flagField({label: 'Text', default: false, hint: 'print its events as text'}),
    },
    more: ['In a terminal the pane opens with the journal in it; otherwise its events are printed as text.'],
  },
  lab: {
    takes: 'up|status|down',
    says: 'run the lab as a process of its own, for other programs',
    words: ['up', 'status', 'down'],
    fields: {
      port: portField({
        label: 'Port',
        default: 0,
        zero: true,
        hint: 'of every name server; 0: the first free one of 5300, 5310, …',
      }),
      folder: textField({
        label: 'Folder',
        default: '',
        hint: 'where keys are kept; without it they are new at each start',
      }),
      foreground: flagField({label: 'Foreground', default: false, hint: 'stay here and print each question'}),
      json,
    },
    more: [
      'up prints every host with its address and port, and commands of dig, delv, kdig, curl, swaks and whois to try.',
      'Where WIREBOOK_WORKSPACE names a workspace, its zones and hosts are added, and read again when they change.',
    ],
  },
  doctor: {takes: '', says: 'say what this machine can do, and what is therefore unavailable', fields: {json}},
  config: {takes: '', says: 'print the settings, and where each comes from', fields: {json}},
  keys: {takes: '', says: 'print the keys of the explorer and of every experiment', fields: {}},
  schema: {
    takes: '[events|config]',
    says: 'print the JSON Schema of what --json prints, or of the configuration file',
    words: ['events', 'config'],
    fields: {},
  },
  completions: {
    takes: 'bash|zsh|fish',
    says: 'print a completion script for your shell',
    words: ['bash', 'zsh', 'fish'],
    fields: {},
    more: [
      'bash: wirebook completions bash > ~/.local/share/bash-completion/completions/wirebook',
      'zsh: wirebook completions zsh > DIRECTORY/_wirebook, for a directory in your $fpath',
      'fish: wirebook completions fish > ~/.config/fish/completions/wirebook.fish',
    ],
  },
} as const satisfies Readonly<Record<string, Command>>;

export type CommandName = keyof typeof commands;

export const isCommand = (word: string): word is CommandName => Object.hasOwn(commands, word);

/** Words that stand for longer ones. */
export const aliases: Readonly<Record<string, readonly string[]>> = {udp: ['tcp', 'udp']};
