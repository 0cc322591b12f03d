// Builds the console with npm, unless nothing it is made of has changed since the last build.
// Usage: node build.mjs <output folder>
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';

const home = dirname(fileURLToPath(import.meta.url));
const output = process.argv[2] ?? join(home, 'target', 'classes', 'META-INF', 'resources');
const builtFrom = join(home, 'target', '.console-hash');
const installedFrom = join(home, 'node_modules', '.lockfile-hash');

if (!existsSync(join(home, 'package.json'))) {
  console.log('console: no package.json, nothing to build');
  process.exit(0);
}

const lock = hash([join(home, 'package.json'), join(home, 'package-lock.json')]);
const sources = hash(files(home));
if (read(builtFrom) === sources && existsSync(join(output, 'index.html'))) {
  console.log('console: up to date');
  process.exit(0);
}
if (read(installedFrom) !== lock) {
  npm('ci', '--no-audit', '--no-fund');
  writeFileSync(installedFrom, lock);
}
npm('run', 'build', '--', '--outDir', output, '--emptyOutDir');
mkdirSync(dirname(builtFrom), { recursive: true });
writeFileSync(builtFrom, sources);

function files(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['node_modules', 'target', 'dist'].includes(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

function hash(paths) {
  const sum = createHash('sha256').update(process.version);
  for (const path of paths) {
    sum.update(relative(home, path).split(sep).join('/')).update('\0').update(readFileSync(path)).update('\0');
  }
  return sum.digest('hex');
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function npm(...args) {
  // On Windows npm is a script, which only a shell can start.
  const run = spawnSync('npm', args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' });
  if (run.error?.code === 'ENOENT') console.error('console: npm was not found; install Node.js 20 or later.');
  else if (run.error) console.error(`console: ${run.error.message}`);
  if (run.status !== 0) process.exit(run.status ?? 1);
}
