import { diagnose, type Finding, type Patient } from "../doctor.ts";
import { type Io, writeJson } from "./io.ts";
import { EXIT, sentences } from "./problem.ts";
import { type Style, styleOf } from "./style.ts";

export interface DoctorOptions {
  readonly patient: Patient;
  /** `{healthy, findings}`, indented. */
  readonly json: boolean;
}

/** `pilcrow doctor`. Exits with 1 when there is a problem; warnings are none. */
export async function doctorCommand({ patient, json }: DoctorOptions, io: Io): Promise<number> {
  const style = styleOf(io.stdout, io.env);
  const findings: Finding[] = [];
  for await (const finding of diagnose(patient)) {
    findings.push(finding);
    if (!json) io.stdout.write(`${line(finding, style)}\n`);
  }
  const problems = findings.filter(({ state }) => state === "problem").length;
  const healthy = problems === 0;
  if (json) writeJson(io.stdout, { healthy, findings });
  else io.stdout.write(`${healthy ? "All that is needed is there." : `${problems} to be put right.`}\n`);
  return healthy ? EXIT.success : EXIT.failure;
}

function line({ name, state, message, advice }: Finding, style: Style): string {
  const colour = { ok: style.green, warning: style.yellow, problem: style.red }[state];
  return `${colour(state.padEnd(8))} ${name.padEnd(15)} ${sentences({ message, advice })}`;
}
