import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Finding {
  fault: string;
  sentence: string;
}

/** What was injected when and what was found, a JSON line each; whoever reads it can tell what came before what. */
export class History {
  readonly findings: Finding[] = [];
  readonly file: string;
  /** The fault under way, which every line names. */
  fault = "start";
  readonly #startedAt = performance.now();

  constructor(file: string) {
    this.file = file;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, "");
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  note(event: string, details: object = {}): void {
    const line = { ms: this.elapsedMs, at: new Date().toISOString(), fault: this.fault, event, ...details };
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  /** Something that must not be. It makes the run red. */
  find(sentence: string, details: object = {}): void {
    this.findings.push({ fault: this.fault, sentence });
    this.note("finding", { sentence, ...details });
    process.stdout.write(`  FOUND in ${this.fault}: ${sentence}\n`);
  }

  findingsOf(fault: string): Finding[] {
    return this.findings.filter((finding) => finding.fault === fault);
  }
}
