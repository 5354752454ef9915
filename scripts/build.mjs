/** `npm run build`: dist/ anew, whether or not the sources changed. */
import { prepare } from './checkout/prepare.mjs';

await prepare({ rebuild: true });
