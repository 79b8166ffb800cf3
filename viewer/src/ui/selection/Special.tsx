import { useState } from "preact/hooks";
import type { Atlas } from "../../app.ts";
import { MISSING_TIME, missingCode } from "../../data/category.ts";
import { form } from "../../language/said.ts";
import type { Report } from "../../selection/analyst.ts";
import type { Finding, NumberFinding, ShareFinding } from "../../selection/special.ts";
import { formatCount } from "../format.ts";

const SHOWN = 12;
const MOST_RARE = 4;

/** What sets the selection apart from everything else. */
export function Special({ atlas }: { atlas: Atlas }) {
  const [all, setAll] = useState(false);
  const report = atlas.selecting.analyst.report.value;
  const found = report?.findings ?? [];
  const more = found.filter((one) => one.kind === "number" || one.lift > 1);
  const less = found.filter((one) => one.kind !== "number" && one.lift < 1).slice(0, MOST_RARE);
  const shown = all ? more : more.slice(0, SHOWN);
  return (
    <section class="special" aria-label="What is special here">
      <header class="section-head">
        <h2 class="label">What is special here</h2>
        <Reading report={report} />
      </header>
      <Findings atlas={atlas} findings={shown} />
      {more.length > shown.length && (
        <button type="button" class="link" onClick={() => setAll(true)}>
          {formatCount(more.length - shown.length)} more
        </button>
      )}
      {less.length > 0 && <h3 class="label rare">Rarer than elsewhere</h3>}
      <Findings atlas={atlas} findings={less} />
      <Notes report={report} />
    </section>
  );
}

function Reading({ report }: { report: Report | null }) {
  if (report?.progress === 1) return null;
  const share = report && report.progress > 0 ? ` ${Math.round(100 * report.progress)} %` : "";
  return <span class="note" role="status">{`reading${share} …`}</span>;
}

function Notes({ report }: { report: Report | null }) {
  if (!report) return null;
  const { progress, findings, read, problem } = report;
  if (problem) return <p class="trouble">Not everything could be read: {problem}</p>;
  if (progress < 1) return null;
  if (findings.length === 0) {
    return <p class="note">Nothing: its fields look like those of all the others.</p>;
  }
  if (!read) return null;
  return (
    <p class="note">
      Words of {formatCount(read.inside)} items here and {formatCount(read.outside)} elsewhere.
    </p>
  );
}

function Findings({ atlas, findings }: { atlas: Atlas; findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <ul class="findings">
      {findings.map((one) =>
        one.kind === "number" ? (
          <NumberLine key={`n ${one.field}`} finding={one} />
        ) : (
          <ShareLine key={`${one.kind} ${one.field} ${one.text}`} finding={one} atlas={atlas} />
        ),
      )}
    </ul>
  );
}

function ShareLine({ finding, atlas }: { finding: ShareFinding; atlas: Atlas }) {
  const { kind, title, text, inside, insideOf, outside, outsideOf } = finding;
  const [here, elsewhere] = [inside / insideOf, outside / outsideOf];
  const content = (
    <>
      <span class="finding-name">
        <span class="finding-field">{title}</span> <strong>{text}</strong>
      </span>
      <span class="finding-lift">{liftText(finding)}</span>
      <span class="finding-bar" aria-hidden="true">
        <span style={{ width: `${100 * here}%` }} />
        <i style={{ left: `${100 * elsewhere}%` }} />
      </span>
      <span class="finding-share">
        {formatCount(inside)} here, {percent(here)}; elsewhere {percent(elsewhere)}
      </span>
    </>
  );
  return (
    <li>
      {kind === "value" ? (
        <button
          type="button"
          class="finding"
          title="Keep only these of what is chosen"
          disabled={inside === 0}
          onClick={() => void narrow(atlas, finding)}
        >
          {content}
        </button>
      ) : (
        <div class="finding">{content}</div>
      )}
    </li>
  );
}

function liftText({ lift }: ShareFinding): string {
  if (lift === Number.POSITIVE_INFINITY) return "only here";
  if (lift === 0) return "none here";
  return lift >= 1 ? `×${tidy(lift)}` : `÷${tidy(1 / lift)}`;
}

function tidy(factor: number): string {
  return factor >= 10 ? formatCount(Math.round(factor)) : factor.toFixed(1);
}

function percent(share: number): string {
  const hundredth = 100 * share;
  if (share > 0 && hundredth < 0.1) return "< 0.1 %";
  return `${hundredth < 10 && hundredth % 1 !== 0 ? hundredth.toFixed(1) : Math.round(hundredth)} %`;
}

/** Keep those of the chosen items that have a value. */
async function narrow({ bundle, selecting }: Atlas, { field, code }: ShareFinding): Promise<void> {
  const codes = await bundle.values(field);
  const wanted = code < 0 ? missingCode(codes) : code;
  const mask = new Uint8Array(codes.length);
  for (let item = 0; item < mask.length; item++) mask[item] = codes[item] === wanted ? 1 : 0;
  const column = bundle.column(field);
  const named =
    column.kind === "category" && code >= 0 ? { in: [column.categories[code]] } : { missing: true };
  selecting.chooser.choose(mask, "intersect", form({ values: { field, ...named } }));
}

function NumberLine({ finding }: { finding: NumberFinding }) {
  const { title, higher, inside, outside } = finding;
  const up = higher > 0.5;
  return (
    <li>
      <div class="finding">
        <span class="finding-name">
          <span class="finding-field">{title}</span>{" "}
          <strong>
            {up ? "higher" : "lower"}: {amount(finding, inside)}
          </strong>
        </span>
        <span class="finding-lift">{up ? "↑" : "↓"}</span>
        <span class="finding-bar middle" aria-hidden="true">
          <span
            style={{ left: `${100 * Math.min(higher, 0.5)}%`, width: `${100 * Math.abs(higher - 0.5)}%` }}
          />
        </span>
        <span class="finding-share">
          median elsewhere {amount(finding, outside)}; {up ? "above" : "below"}{" "}
          {percent(up ? higher : 1 - higher)} of the others
        </span>
      </div>
    </li>
  );
}

function amount({ column }: NumberFinding, value: number): string {
  if (column.kind === "number") return value.toLocaleString("en", { maximumSignificantDigits: 4 });
  if (value === MISSING_TIME) return "—";
  const unit = column.unit === "days" ? 86_400_000 : 1000;
  const time = new Date(Date.parse(column.origin) + value * unit);
  return time.toLocaleDateString("en", { dateStyle: "medium", timeZone: "UTC" });
}
