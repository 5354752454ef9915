/** Makes the checkout ready for the tests: `npm test` and `npm run check` begin with it. */
import { prepare } from './checkout/prepare.mjs';

await prepare({ database: true });
