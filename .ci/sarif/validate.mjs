// Runs both validators over SARIF logs; see the script "validate" beside this.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { upload } from "./upload.mjs";

const [testdata, ...logs] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(join(testdata, "sarif-schema-2.1.0.json"), "utf8"));
const vendor = join(dirname(fileURLToPath(import.meta.url)), "node_modules", "@microsoft");
const program = readdirSync(vendor).find((name) => name.startsWith("sarif-multitool-"));

// What the multitool says that is no fault here: it looks up addresses on the
// network, and builds from a checkout have no version number.
const ignored = new Set(["SARIF2005", "SARIF2006"]);

// multitool returns the faults that the multitool finds. It exits with 0 even
// for a log full of errors, so its own log is read.
function multitool(text) {
  const folder = mkdtempSync(join(tmpdir(), "sarif-"));
  try {
    const input = join(folder, "in.sarif");
    const output = join(folder, "out.sarif");
    writeFileSync(input, text);
    const args = ["validate", input, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning", "--kind", "Fail", "-o", output, "--log", "ForceOverwrite", "--quiet"];
    try {
      execFileSync(join(vendor, program, "Sarif.Multitool"), args, { stdio: ["ignore", "ignore", "inherit"] });
    } catch (err) {
      if (err.status === undefined || err.status === null) throw err; // not even started
    }
    const run = JSON.parse(readFileSync(output, "utf8").replace(/^\uFEFF/, "")).runs[0];
    const faults = (run.results ?? []).filter((r) => !ignored.has(r.ruleId)).map((r) => `${r.ruleId} ${(r.message.arguments ?? []).join(" ")}`);
    for (const invocation of run.invocations ?? []) {
      for (const n of [...(invocation.toolExecutionNotifications ?? []), ...(invocation.toolConfigurationNotifications ?? [])]) {
        if (n.level === "error") faults.push(n.message.text ?? n.message.id);
      }
    }
    return faults;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// spoiled are logs made from a good one, each with one fault that the upload
// must refuse.
function* spoiled(good) {
  const change = (fn) => {
    const log = JSON.parse(good);
    fn(log, log.runs[0]);
    return JSON.stringify(log);
  };
  yield ["no JSON", good.slice(0, -3)];
  yield ["no results", change((_, run) => delete run.results)];
  yield ["the same run twice", change((log, run) => log.runs.push(run))];
  yield ["a severity that is no number", change((_, run) => (run.tool.driver.rules[0].properties["security-severity"] = "high"))];
  yield ["a null", change((_, run) => (run.tool.driver.rules[0].shortDescription = null))];
  yield ["a rule index beyond the rules", change((_, run) => (run.results[0].ruleIndex = 1e6))];
  yield ["a location without a file", change((_, run) => delete run.results[0].locations[0].physicalLocation.artifactLocation.uri)];
  yield ["a location on the web", change((_, run) => (run.results[0].locations[0].physicalLocation.artifactLocation.uri = "https://example.com/a.go"))];
  yield ["a region without an end", change((_, run) => delete run.results[0].locations[0].physicalLocation.region.endColumn)];
  yield ["too many results", change((_, run) => (run.results = Array(25_001).fill(run.results[0])))];
  yield ["too many tags", change((_, run) => (run.tool.driver.rules[0].properties.tags = [..."abcdefghijklmnopqrstu"]))];
  yield ["a link to nowhere", change((_, run) => (run.results[0].message.text += " See [there](99)."))];
}

// isRead reports whether the multitool finds the fault that is put into a copy
// of a log. It says nothing at all of some logs that it cannot read, so only
// this tells a good log from one that it has not looked at.
function isRead(text) {
  const log = JSON.parse(text);
  for (const rule of log.runs[0].tool.driver.rules) delete rule.help;
  return multitool(JSON.stringify(log)).some((fault) => fault.startsWith("GH2012"));
}

let failed = false;
function fail(name, faults) {
  failed = true;
  console.error(`${name}:`);
  for (const fault of faults.slice(0, 20)) console.error(`  ${fault}`);
  if (faults.length > 20) console.error(`  and ${faults.length - 20} more`);
}

const bad = readFileSync(join(testdata, "known-bad.sarif"), "utf8");
const good = readFileSync(join(testdata, "full.sarif"), "utf8");
if (upload(bad, schema).length === 0) fail("upload checks", ["took the log that is known to be bad"]);
if (!isRead(good)) fail("multitool", ["took rules without help"]);
for (const [what, text] of spoiled(good)) {
  if (upload(text, schema).length === 0) fail("upload checks", [`took a log with ${what}`]);
}

for (const log of logs) {
  const text = readFileSync(log, "utf8");
  const faults = upload(text, schema).map((f) => `upload: ${f}`);
  const large = text.length > 10_000_000; // the multitool reads none by default, and takes hours when told to
  if (faults.length === 0 && !large) {
    faults.push(...multitool(text).map((f) => `multitool: ${f}`));
    if (!isRead(text)) faults.push("multitool: does not read this log");
  }
  if (faults.length > 0) fail(log, faults);
  else console.log(`${log}: ${JSON.parse(text).runs[0].results.length} results, no fault${large ? " in the upload checks; too large for the multitool" : ""}`);
}
process.exit(failed ? 1 : 0);
