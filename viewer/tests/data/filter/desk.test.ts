import { expect, test } from "vitest";
import type { CategoryColumn, NumberColumn } from "../../../src/bundle/index.ts";
import { FilterDesk } from "../../../src/data/filter/desk.ts";
import type { FilterAnswer } from "../../../src/data/filter/messages.ts";
import { NO_RULES, valuesFilter, withFilter } from "../../../src/data/filter/rules.ts";

const values = {} as CategoryColumn["values"];
const kind: CategoryColumn = {
  name: "kind",
  title: "Kind",
  kind: "category",
  values,
  categories: ["a", "b"],
  counts: [2, 1],
  missing: 1,
};
const size: NumberColumn = {
  name: "size",
  title: "Size",
  kind: "number",
  values,
  min: 0,
  max: 3,
  integer: false,
  missing: 0,
};
const gone: NumberColumn = { ...size, name: "gone", title: "Gone" };

/** A desk over four items, what it reads, and what it says. */
function desk() {
  const answers: FilterAnswer[] = [];
  const read: string[] = [];
  const opened = new FilterDesk(
    [kind, size, gone],
    4,
    async (column) => {
      read.push(column.name);
      if (column === gone) throw new Error("it is gone");
      return column === kind ? Uint8Array.of(0, 0, 1, 255) : Float32Array.of(0, 1, 2, 3);
    },
    (answer) => answers.push(answer),
  );
  const wait = async (done: (answer: FilterAnswer) => boolean) => {
    for (let k = 0; k < 6000 && !answers.some(done); k++) await new Promise((go) => setTimeout(go, 5));
    return answers.find(done);
  };
  return { opened, answers, read, wait };
}

const only = (code: number) => withFilter(NO_RULES, "kind", valuesFilter("kind", [code]));

test("of rules that come faster than they are followed, only the last are", async () => {
  const { opened, answers, wait, read } = desk();
  for (let id = 1; id <= 5; id++) opened.take({ kind: "rules", id, rules: only(id % 2) });
  const last = await wait((answer) => answer.kind === "mask" && answer.id === 5);
  expect(last).toMatchObject({ matching: 1, mask: Uint8Array.of(0, 0, 1, 0) });
  expect(answers.filter((answer) => answer.kind === "mask").length).toBeLessThan(5);
  expect(read).toEqual(["kind"]);
});

test("facets on the page are binned, then counted under the others' filters, and anew by another scale", async () => {
  const { opened, wait } = desk();
  opened.take({ kind: "rules", id: 1, rules: only(0) });
  opened.take({ kind: "watch", facets: [{ column: "kind" }, { column: "size" }] });
  const told = await wait(
    (answer) =>
      answer.kind === "counts" &&
      answer.counts.some(({ column, counts }) => column === "size" && counts.reduce((a, b) => a + b) === 2),
  );
  if (told?.kind !== "counts") return expect.fail();
  expect(Array.from(told.counts.find(({ column }) => column === "kind")!.counts)).toEqual([2, 1, 1]);
  opened.take({ kind: "watch", facets: [{ column: "size", scale: "quantile" }] });
  const binned = await wait(
    (answer) =>
      answer.kind === "facet" && answer.facet.kind === "range" && answer.facet.scale.kind === "quantile",
  );
  expect(binned).toBeDefined();
});

test("a column that can't be read is told, and the next rules are followed", async () => {
  const { opened, wait } = desk();
  opened.take({
    kind: "rules",
    id: 1,
    rules: withFilter(NO_RULES, "gone", {
      kind: "range",
      column: "gone",
      range: [0, 1],
      missing: false,
      not: false,
    }),
  });
  expect(await wait((answer) => answer.kind === "trouble")).toMatchObject({ message: "it is gone", id: 1 });
  opened.take({ kind: "rules", id: 2, rules: only(1) });
  expect(await wait((answer) => answer.kind === "mask" && answer.id === 2)).toMatchObject({ matching: 1 });
});
