// biome-ignore-all lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SqlAnswer } from "../../sql/server.ts";
import { formatCount, formatValue } from "../format.ts";

/** Rows that are put on the page at once. */
const PAGE = 200;

/** An answer's rows. */
export function SqlTable({ answer }: { answer: SqlAnswer }) {
  const shown = useSignal(PAGE);
  useEffect(() => {
    shown.value = PAGE;
  }, [answer]);
  const left = answer.rows.length - shown.value;
  const isNumber = (at: number) => ["integer", "number"].includes(answer.columns[at]!.type);
  return (
    <section class="sql-scroll" tabIndex={0} aria-label="Rows">
      <table class="sql-table">
        <thead>
          <tr>
            {answer.columns.map(({ name }, at) => (
              <th key={at} scope="col" class={isNumber(at) ? "number" : ""}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.rows.slice(0, shown.value).map((row, place) => (
            <tr key={place}>
              {row.map((value, at) => (
                <td key={at} class={isNumber(at) ? "number" : ""}>
                  {formatValue(value, answer.columns[at]!.type) ?? <i>—</i>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <button
          type="button"
          class="link"
          onClick={() => {
            shown.value += PAGE;
          }}
        >
          {formatCount(left)} more
        </button>
      )}
    </section>
  );
}
