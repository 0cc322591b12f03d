// Fetches the letters' font from the npm registry, checked against the lock file, into target/font/out.
// Done once per lock file: the package holds nine weights of which one is kept.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const work = join(here, "..", "target", "font");
const out = join(work, "out");
const stamp = join(work, "stamp");
const lock = createHash("sha256").update(readFileSync(join(here, "package-lock.json"))).digest("hex");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) {
  process.exit(0);
}
rmSync(work, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });
for (const file of ["package.json", "package-lock.json"]) {
  cpSync(join(here, file), join(work, file));
}
const npm = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
  cwd: work,
  stdio: "inherit",
  shell: process.platform === "win32",
});
if (npm.status !== 0) {
  console.error("The font could not be fetched: is npm installed and the registry reachable?");
  process.exit(1);
}
const font = join(work, "node_modules", "@expo-google-fonts", "noto-sans-sc");
cpSync(join(font, "400Regular", "NotoSansSC_400Regular.ttf"), join(out, "fonts", "NotoSansSC-Regular.ttf"));
cpSync(join(font, "LICENSE_FONT"), join(out, "fonts", "NotoSansSC-LICENSE.txt"));
rmSync(join(work, "node_modules"), { recursive: true, force: true });
writeFileSync(stamp, lock);
