import {openWorld} from '../../src/chapters/open-world.ts';
import {Workbench} from '../../src/chapters/workbench.ts';
import {loadConfig} from '../../src/cli/config.ts';
import {explore} from '../../src/ui/main.tsx';
import {flood} from './experiment.ts';

/** The real explorer, with one experiment of its own. */
const workbench = new Workbench(openWorld());
const {config} = loadConfig(process.env);
process.exitCode = await explore({workbench, config, open: {experiment: flood, ask: {rate: 50_000}}});
process.exit();
