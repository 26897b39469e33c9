// What GitHub does with an uploaded log before it takes it, as far as it is
// known: the checks of its upload action, the limits in its documentation, and
// the refusals of the server that the action knows.
import { gzipSync } from "node:zlib";
import jsonschema from "jsonschema";

const limits = { bytes: 10_000_000, runs: 20, results: 25_000, rules: 25_000, tags: 20, locations: 1_000, steps: 10_000, text: 1_024, name: 255 };

// upload returns why a log would be refused, or cut without a word.
export function upload(text, schema) {
  let log;
  try {
    log = JSON.parse(text);
  } catch (err) {
    return [`no JSON: ${err.message}`];
  }
  const faults = [];
  if (!Array.isArray(log.runs)) return ["runs is no array"];
  if (log.runs.length > limits.runs) faults.push(`${log.runs.length} runs`);
  // What is refused for its size is not read further: the schema would take long.
  const large = log.runs.find((run) => run?.results?.length > limits.results);
  if (large) return [...faults, `${large.results.length} results`];
  faults.push(...schemaFaults(log, schema));
  const seen = new Set();
  for (const run of log.runs) {
    const driver = run?.tool?.driver ?? {};
    const key = JSON.stringify([driver.name, driver.fullName, driver.version, driver.semanticVersion, driver.guid, run?.automationDetails?.id]);
    if (seen.has(key)) faults.push("two runs of the same tool and category");
    seen.add(key);
    if (!Array.isArray(run?.results)) {
      faults.push("a run without an array of results");
      continue;
    }
    faults.push(...ruleFaults(driver.rules ?? []));
    for (const [i, result] of run.results.entries()) {
      faults.push(...resultFaults(result, driver.rules ?? []).map((fault) => `results[${i}]: ${fault}`));
    }
  }
  const size = gzipSync(text).length;
  if (size > limits.bytes) faults.push(`${size} bytes compressed`);
  return faults;
}

// schemaFaults validates with the library and the leniency of the action:
// addresses that are no URI are only warned of.
function schemaFaults(log, schema) {
  const { errors } = new jsonschema.Validator().validate(log, schema);
  const isAddress = (e) => e.name === "format" && (e.argument === "uri" || e.argument === "uri-reference");
  for (const e of errors.filter(isAddress)) console.error(`warning: ${e.stack}`);
  return errors.filter((e) => !isAddress(e)).map((e) => e.stack);
}

function ruleFaults(rules) {
  const faults = [];
  if (rules.length > limits.rules) faults.push(`${rules.length} rules`);
  for (const rule of rules) {
    const severity = rule.properties?.["security-severity"];
    if (severity !== undefined && !(typeof severity === "string" && /^\d+(\.\d+)?$/.test(severity) && Number(severity) <= 10)) {
      faults.push(`${rule.id}: security-severity ${severity}`);
    }
    if ((rule.properties?.tags ?? []).length > limits.tags) faults.push(`${rule.id}: too many tags`);
    if ((rule.name ?? "").length > limits.name) faults.push(`${rule.id}: name too long`);
    for (const field of ["shortDescription", "fullDescription"]) {
      if ((rule[field]?.text ?? "").length > limits.text) faults.push(`${rule.id}: ${field} too long`);
    }
  }
  return faults;
}

function resultFaults(result, rules) {
  const faults = [];
  if (result.ruleIndex !== undefined && rules[result.ruleIndex]?.id !== result.ruleId) faults.push("ruleIndex names another rule");
  if (!result.locations?.length) faults.push("no location");
  if ((result.locations ?? []).length + (result.relatedLocations ?? []).length > limits.locations) faults.push("too many locations");
  for (const location of result.locations ?? []) faults.push(...placeFaults(location));
  const ids = new Set((result.relatedLocations ?? []).map((l) => l.id));
  for (const [, id] of (result.message?.text ?? "").matchAll(/(?<!\\)\]\((\d+)\)/g)) {
    if (!ids.has(Number(id))) faults.push(`a link to related location ${id}, which there is none`);
  }
  for (const flow of result.codeFlows ?? []) {
    for (const thread of flow.threadFlows ?? []) {
      if (thread.locations.length > limits.steps) faults.push("too many steps");
      for (const step of thread.locations) faults.push(...uriFaults(step.location));
    }
  }
  for (const location of result.relatedLocations ?? []) faults.push(...uriFaults(location));
  return faults;
}

// placeFaults wants of a primary location what GitHub needs to show it.
function placeFaults(location) {
  const faults = uriFaults(location);
  for (const field of ["startLine", "startColumn", "endLine", "endColumn"]) {
    if (!(location.physicalLocation?.region?.[field] >= 1)) faults.push(`region without ${field}`);
  }
  return faults;
}

function uriFaults(location) {
  const uri = location?.physicalLocation?.artifactLocation?.uri;
  if (typeof uri !== "string") return ["expected artifact location"];
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri)?.[1];
  if (scheme && scheme !== "file") return [`scheme ${scheme} does not match the checkout's`];
  try {
    decodeURIComponent(uri);
  } catch {
    console.error(`warning: ${uri} does not decode to UTF-8`);
  }
  return /[\s\\<>^`{|}"]/.test(uri) ? [`invalid URI ${uri}`] : [];
}
