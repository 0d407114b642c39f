// Takes the picture of the README: the first view of a city with something open.

import { fileURLToPath } from 'node:url';
import { gappy, open, page, shut } from './browser.mjs';

const { tab } = await open(page(gappy()), { viewport: { width: 1240, height: 1180 }, deviceScaleFactor: 0.75 });
await tab.screenshot({ path: fileURLToPath(new URL('report.png', import.meta.url)) });
await shut();
