// Prints the path of a Chromium that runs here: TENON_CHROMIUM, an installed one, or else the one from npm, unpacked
// into the folder given as the argument together with the libraries it needs (printed as LD_LIBRARY_PATH).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const installed = [
  process.env.TENON_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
].find((path) => path && existsSync(path));

if (installed) {
  console.log(JSON.stringify({ executable: installed, libraries: '' }));
} else {
  process.env.TMPDIR = process.argv[2];
  // The package unpacks its libraries only where it believes to be in the cloud function it was made for.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executable = await chromium.executablePath();
  console.log(JSON.stringify({ executable, libraries: join(process.argv[2], 'al2023', 'lib') }));
}
