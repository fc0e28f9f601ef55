export {distance, nearest} from '../wire/text/nearest.ts';
